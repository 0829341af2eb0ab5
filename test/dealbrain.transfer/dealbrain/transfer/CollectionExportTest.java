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
    void writesEachItemOnceInOrder() {
        DealCollection collection = fixtures.collectionOf(ada, CollectionExport.PAGE_SIZE + 1);

        JsonNode items = Json.parse(text(collection, ada, ExportFormat.JSON).getBytes(StandardCharsets.UTF_8))
                .path("items");

        assertEquals(
                fixtures
                        .collections
                        .get(Optional.of(ada), collection.id(), new CollectionQuery(1000, 0, null))
                        .items()
                        .stream()
                        .map(item -> item.listing().title())
                        .toList(),
                items.valueStream()
                        .map(item -> item.at("/listing/title").asText())
                        .toList());
    }

    /** The stream acquires all connections of the pool at each write, which fails if the export holds one. */
    @Test
    void readsEachPageWithOneStatementAndHoldsNoConnectionWhileWriting() {
        DealCollection collection = fixtures.collectionOf(ada, 10_000);
        CountingStream out = new CountingStream(CollectionExportTest::acquireAndReleaseAllConnections);

        int statements =
                StatementCounter.countWithRepetition(() -> write(export(collection, ada, ExportFormat.CSV), out));

        assertEquals(10_000 / CollectionExport.PAGE_SIZE + 1, statements);
        assertEquals(10_000 + 1, out.lines);
    }

    private static void acquireAndReleaseAllConnections() {
        List<Handle> all = IntStream.range(0, TestDatabase.POOL_SIZE)
                .mapToObj(_ -> database.jdbi().open())
                .toList();
        all.forEach(Handle::close);
    }

    @Test
    void writesEachRemainingItemOnceDuringConcurrentInsertsAndDeletes() {
        DealCollection collection = fixtures.collectionOf(ada, 2 * CollectionExport.PAGE_SIZE);
        List<CollectionItem> items = fixtures.collections
                .get(Optional.of(ada), collection.id(), new CollectionQuery(1000, 0, null))
                .items();
        long other = fixtures.listings
                .create(ada, fixtures.plainListing("inserted first", "1"))
                .id();
        CollectionExport export = export(collection, ada, ExportFormat.CSV); // has read its first page
        fixtures.collections.add(ada, collection.id(), new ItemInput(other, ItemStatus.UNDECIDED, null, 0));
        fixtures.delete(ada, items.get(3));
        fixtures.delete(ada, items.get(CollectionExport.PAGE_SIZE - 1));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(export, out);

        assertEquals(
                2 * CollectionExport.PAGE_SIZE + 1,
                out.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void leavesAConditionThatIsNotStatedEmpty() {
        DealCollection collection = fixtures.emptyCollection(ada, Visibility.PRIVATE);
        long listing = fixtures.listings
                .create(ada, fixtures.plainListing("Bare", null))
                .id();
        fixtures.addItem(ada, collection, listing);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(export(collection, ada, ExportFormat.CSV), out);

        String csv = out.toString(StandardCharsets.UTF_8);
        assertTrue(csv.contains("Bare") && csv.contains("active") && !csv.contains("used"), csv);
    }

    @Test
    void writesAnItemOnceThatIsMovedDuringTheExport() {
        DealCollection collection = fixtures.collectionOf(ada, CollectionExport.PAGE_SIZE + 10);
        CollectionItem first = fixtures.collections
                .get(Optional.of(ada), collection.id(), new CollectionQuery(1, 0, null))
                .items()
                .getFirst();
        CollectionExport export = export(collection, ada, ExportFormat.CSV);
        fixtures.move(ada, first, CollectionExport.PAGE_SIZE + 5);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(export, out);

        assertEquals(
                CollectionExport.PAGE_SIZE + 10 + 1,
                out.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void failsIfTheCollectionBecomesPrivateDuringTheExport() {
        DealCollection collection = fixtures.collectionOf(ada, CollectionExport.PAGE_SIZE);
        fixtures.setVisibility(ada, collection, Visibility.PUBLIC);
        CollectionExport export = new CollectionExport(
                fixtures.collections, collection.id(), Optional.empty(), new ExportQuery(ExportFormat.JSON, null));
        fixtures.setVisibility(ada, collection, Visibility.PRIVATE);

        assertThrows(IOException.class, () -> export.writeTo(OutputStream.nullOutputStream()));
    }

    @Test
    void hidesUnlistedAndPrivateCollectionsFromOthers() {
        User bob = fixtures.user("bob");
        for (Visibility visibility : List.of(Visibility.PRIVATE, Visibility.UNLISTED)) {
            DealCollection hidden = fixtures.emptyCollection(ada, visibility);
            problem(404, () -> export(hidden, bob, ExportFormat.CSV));
            problem(
                    404,
                    () -> new CollectionExport(
                            fixtures.collections,
                            hidden.id(),
                            Optional.empty(),
                            new ExportQuery(ExportFormat.JSON, null)));
        }
    }

    @Test
    void writesNotesAndStatusForTheOwnerOnly() {
        DealCollection collection = fixtures.emptyCollection(ada, Visibility.PUBLIC);
        fixtures.collections.add(
                ada,
                collection.id(),
                new ItemInput(fixtures.listings(ada, 1).getFirst(), ItemStatus.REJECTED, "secret", null));
        User bob = fixtures.user("bob");

        for (ExportFormat format : ExportFormat.values()) {
            assertTrue(text(collection, ada, format).contains("secret"), format.name());
            assertTrue(text(collection, ada, format).contains("rejected"), format.name());
            assertFalse(text(collection, bob, format).matches("(?s).*(secret|rejected|undecided).*"), format.name());
        }
        assertTrue(text(collection, ada, ExportFormat.CSV).startsWith("\uFEFFposition,status,notes,title,price_usd,"));
        assertTrue(text(collection, bob, ExportFormat.CSV).startsWith("\uFEFFposition,title,price_usd,"));
    }

    @Test
    void writesTheNamesOfPartsToCsv() {
        DealCollection collection = fixtures.emptyCollection(ada, Visibility.PRIVATE);
        fixtures.collections.add(
                ada,
                collection.id(),
                new ItemInput(
                        fixtures.listings
                                .create(ada, fixtures.completeListing())
                                .id(),
                        ItemStatus.BOUGHT,
                        "=1+1, \"x\"",
                        null));

        String row = text(collection, ada, ExportFormat.CSV).split("\r\n")[1];

        assertTrue(row.startsWith("0,bought,\"'=1+1, \"\"x\"\"\",Complete PC "), row);
        assertTrue(
                row.contains(",499.50,450.25,")
                        && row.contains(",refurb,pending,CPU ")
                        && row.contains(",2026-01-31T12:00:00Z,"),
                row);
        assertEquals(
                text(collection, ada, ExportFormat.CSV).split("\r\n")[0].split(",").length,
                row.replace("1+1, ", "").split(",").length,
                row);
    }

    @Test
    void writesNoIdsToJson() {
        DealCollection collection = fixtures.collectionOf(ada, 1);

        assertFalse(text(collection, ada, ExportFormat.JSON).matches("(?s).*\"([a-z]+_)*id\":[0-9].*"));
    }

    private static CollectionExport export(DealCollection collection, User viewer, ExportFormat format) {
        return new CollectionExport(
                fixtures.collections, collection.id(), Optional.of(viewer), new ExportQuery(format, null));
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

    /** Counts lines, and runs an action before each write. */
    private static final class CountingStream extends OutputStream {
        private final Runnable beforeWrite;
        private int lines;

        CountingStream(Runnable beforeWrite) {
            this.beforeWrite = beforeWrite;
        }

        @Override
        public void write(int b) {
            lines += b == '\n' ? 1 : 0;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            beforeWrite.run();
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
