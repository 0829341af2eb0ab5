package dealbrain.transfer;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.User;
import dealbrain.collections.CollectionFixtures;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.CollectionQuery;
import dealbrain.collections.DealCollection;
import dealbrain.collections.ItemInput;
import dealbrain.collections.ItemStatus;
import dealbrain.collections.Visibility;
import dealbrain.json.Json;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollectionExportTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static CollectionFixtures fixtures;
    private User ada;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new CollectionFixtures(database.jdbi());
    }

    @BeforeEach
    void user() {
        ada = fixtures.user("ada");
    }

    @Test
    void hasEachItemOnceInItsOrder() {
        DealCollection made = fixtures.collectionOf(ada, CollectionExport.PAGE + 1);

        JsonNode items = Json.parse(text(made, ada, ExportFormat.JSON).getBytes(StandardCharsets.UTF_8))
                .path("items");

        assertEquals(
                fixtures
                        .collections
                        .get(Optional.of(ada), made.id(), new CollectionQuery(1000, 0, null))
                        .items()
                        .stream()
                        .map(item -> item.listing().title())
                        .toList(),
                items.valueStream()
                        .map(item -> item.at("/listing/title").asText())
                        .toList());
    }

    /** Of ten thousand items there is never more than a page in memory, and never a connection while the client is written to. */
    @Test
    void readsAPageAStatementAndHoldsNoConnectionWhileItWrites() {
        DealCollection made = fixtures.collectionOf(ada, 10_000);
        CountingStream out = new CountingStream(CollectionExportTest::takeAndGiveBackTheWholePool);

        int statements = StatementCounter.countWithRepetition(() -> write(export(made, ada, ExportFormat.JSON), out));

        assertEquals(10_000 / CollectionExport.PAGE + 1, statements);
        assertEquals(10_000 + 5, out.lines); // format, name, description, items, end
    }

    private static void takeAndGiveBackTheWholePool() {
        List<Handle> all = IntStream.range(0, TestDatabase.POOL_SIZE)
                .mapToObj(_ -> database.jdbi().open())
                .toList();
        all.forEach(Handle::close);
    }

    @Test
    void goesOnWhereItWasWhileOthersComeAndGo() {
        DealCollection made = fixtures.collectionOf(ada, 2 * CollectionExport.PAGE);
        List<CollectionItem> before = fixtures.collections
                .get(Optional.of(ada), made.id(), new CollectionQuery(1000, 0, null))
                .items();
        long other = fixtures.listings
                .create(ada, fixtures.plainListing("came in front", "1"))
                .id();
        CollectionExport export = export(made, ada, ExportFormat.CSV); // has read its first page
        fixtures.collections.add(ada, made.id(), new ItemInput(other, ItemStatus.UNDECIDED, null, 0));
        fixtures.delete(ada, before.get(3));
        fixtures.delete(ada, before.get(CollectionExport.PAGE - 1));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(export, out);

        assertEquals(
                2 * CollectionExport.PAGE + 1,
                out.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void hasAnItemOnceThatIsMovedBehindItMeanwhile() {
        DealCollection made = fixtures.collectionOf(ada, CollectionExport.PAGE + 10);
        CollectionItem first = fixtures.collections
                .get(Optional.of(ada), made.id(), new CollectionQuery(1, 0, null))
                .items()
                .getFirst();
        CollectionExport export = export(made, ada, ExportFormat.CSV);
        fixtures.move(ada, first, CollectionExport.PAGE + 5);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(export, out);

        assertEquals(
                CollectionExport.PAGE + 10 + 1,
                out.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void breaksOffWhenItIsClosedMeanwhile() {
        DealCollection made = fixtures.collectionOf(ada, CollectionExport.PAGE);
        fixtures.setVisibility(ada, made, Visibility.PUBLIC);
        CollectionExport export =
                new CollectionExport(fixtures.collections, made.id(), Optional.empty(), ExportFormat.JSON);
        fixtures.setVisibility(ada, made, Visibility.PRIVATE);

        assertThrows(IOException.class, () -> export.writeTo(OutputStream.nullOutputStream()));
    }

    @Test
    void isForThoseWhoSeeTheCollection() {
        User bob = fixtures.user("bob");
        for (Visibility visibility : List.of(Visibility.PRIVATE, Visibility.UNLISTED)) {
            DealCollection closed = fixtures.emptyCollection(ada, visibility);
            problem(404, () -> export(closed, bob, ExportFormat.CSV));
            problem(
                    404,
                    () -> new CollectionExport(fixtures.collections, closed.id(), Optional.empty(), ExportFormat.JSON));
        }
    }

    @Test
    void hasNotesAndStatusForItsOwnerOnly() {
        DealCollection made = fixtures.emptyCollection(ada, Visibility.PUBLIC);
        fixtures.collections.add(
                ada,
                made.id(),
                new ItemInput(fixtures.listings(ada, 1).getFirst(), ItemStatus.REJECTED, "secret", null));
        User bob = fixtures.user("bob");

        for (ExportFormat format : ExportFormat.values()) {
            assertTrue(text(made, ada, format).contains("secret"), format.name());
            assertTrue(text(made, ada, format).contains("rejected"), format.name());
            assertFalse(text(made, bob, format).matches("(?s).*(secret|rejected|undecided).*"), format.name());
        }
        assertTrue(text(made, ada, ExportFormat.CSV).startsWith("position,status,notes,title,price_usd,"));
        assertTrue(text(made, bob, ExportFormat.CSV).startsWith("position,title,price_usd,"));
    }

    @Test
    void namesPartsInItsTable() {
        DealCollection made = fixtures.emptyCollection(ada, Visibility.PRIVATE);
        fixtures.collections.add(
                ada,
                made.id(),
                new ItemInput(
                        fixtures.listings
                                .create(ada, fixtures.completeListing())
                                .id(),
                        ItemStatus.BOUGHT,
                        "=1+1, \"x\"",
                        null));

        String row = text(made, ada, ExportFormat.CSV).split("\r\n")[1];

        assertTrue(row.startsWith("0,bought,\"'=1+1, \"\"x\"\"\",Complete PC "), row);
        assertTrue(
                row.contains(",499.50,450.25,")
                        && row.contains(",refurb,pending,CPU ")
                        && row.contains(",2026-01-31T12:00:00Z,"),
                row);
        assertEquals(
                text(made, ada, ExportFormat.CSV).split("\r\n")[0].split(",").length,
                row.replace("1+1, ", "").split(",").length,
                row);
    }

    @Test
    void hasNoIdsInItsFile() {
        DealCollection made = fixtures.collectionOf(ada, 1);

        assertFalse(text(made, ada, ExportFormat.JSON).matches("(?s).*\"([a-z]+_)*id\":[0-9].*"));
    }

    private static CollectionExport export(DealCollection collection, User viewer, ExportFormat format) {
        return new CollectionExport(fixtures.collections, collection.id(), Optional.of(viewer), format);
    }

    private static String text(DealCollection collection, User viewer, ExportFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(export(collection, viewer, format), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void write(CollectionExport export, OutputStream out) {
        try {
            export.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts lines, and does something at each write. */
    private static final class CountingStream extends OutputStream {
        private final Runnable atWrite;
        private int lines;

        CountingStream(Runnable atWrite) {
            this.atWrite = atWrite;
        }

        @Override
        public void write(int b) {
            lines += b == '\n' ? 1 : 0;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            atWrite.run();
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
