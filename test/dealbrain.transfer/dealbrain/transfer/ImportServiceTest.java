package dealbrain.transfer;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.User;
import dealbrain.catalog.CpuInput;
import dealbrain.collections.CollectionFixtures;
import dealbrain.collections.CollectionInput;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.CollectionListQuery;
import dealbrain.collections.CollectionQuery;
import dealbrain.collections.DealCollection;
import dealbrain.collections.ItemStatus;
import dealbrain.collections.Visibility;
import dealbrain.http.CountMode;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingInput;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ImportServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    /** Another server. */
    @RegisterExtension
    static final TestDatabase elsewhere = new TestDatabase();

    private static CollectionFixtures fixtures;
    private static ImportService imports;
    private User ada;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new CollectionFixtures(database.jdbi());
        imports = service(database);
    }

    private static ImportService service(TestDatabase server) {
        CollectionFixtures there = new CollectionFixtures(server.jdbi());
        ListingImport listings = new ListingImport(server.jdbi(), there.catalog, there.listings);
        return new ImportService(server.jdbi(), there.collections, listings);
    }

    private static DealCollection create(User user, CollectionFile file) {
        return imports.create(user, file, null);
    }

    @BeforeEach
    void user() {
        ada = fixtures.user("ada");
    }

    @Nested
    class OfAnExport {
        @Test
        void isEqualWhenItIsExportedAgain() {
            DealCollection source = mixed();
            String file = export(fixtures, ada, source);

            DealCollection collection = create(ada, read(file));

            assertEquals(Visibility.PRIVATE, collection.visibility());
            assertEquals(source.itemCount(), collection.itemCount());
            assertNotEquals(source.id(), collection.id());
            assertEquals(file, export(fixtures, ada, collection));
        }

        @Test
        void isEqualOnAnotherServerToo() {
            String file = export(fixtures, ada, mixed());
            CollectionFixtures others = new CollectionFixtures(elsewhere.jdbi());
            User eve = others.user("eve");

            DealCollection collection = service(elsewhere).create(eve, read(file), null);

            assertEquals(file, export(others, eve, collection));
            assertEquals(
                    new ImportReport(collection.name(), collection.itemCount(), collection.itemCount(), 0),
                    service(elsewhere).check(eve, read(file), null),
                    "also the listing that has neither a number nor an address");
        }

        @Test
        void findsEveryListingThatHasANumberOrAnAddress() {
            DealCollection source = fixtures.collectionOf(ada, 30); // all with one address
            List<Long> before = listings(ada, source);

            DealCollection collection = create(ada, read(export(fixtures, ada, source)));

            assertEquals(before, listings(ada, collection));
        }

        /** Complete listings with all parts, one with nothing, gaps in the positions, every status, strange texts. */
        private DealCollection mixed() {
            DealCollection source = fixtures.collections.create(
                    ada, new CollectionInput("Lab \"ä\" \u202E💻", "=1+1\n\t", Visibility.PUBLIC));
            List<Long> ids = new ArrayList<>(fixtures.listings(ada, 5));
            ids.add(fixtures.listings.create(ada, fixtures.completeListing()).id());
            ids.add(fixtures.listings
                    .create(ada, fixtures.plainListing("</script>", null))
                    .id());
            fixtures.collections.addAll(ada, source.id(), ids.reversed());
            List<CollectionItem> items = fixtures.collections
                    .get(Optional.of(ada), source.id(), new CollectionQuery(100, 0, null))
                    .items();
            for (int i = 0; i < 4; i++) {
                ItemStatus status = ItemStatus.values()[i];
                String notes = i == 0 ? null : "note " + i;
                fixtures.annotate(ada, items.get(i), status, notes);
            }
            fixtures.delete(ada, items.get(4));
            return fixtures.collections.get(Optional.of(ada), source.id(), new CollectionQuery(0, 0, null));
        }
    }

    @Nested
    class Matching {
        @Test
        void prefersTheVendorItemIdToTheAddress() {
            String shop = unique();
            Listing numbered = existing(it -> it.put("marketplace", shop)
                    .put("vendor_item_id", "7")
                    .put("listing_url", "https://example.org/" + shop + "/old"));
            Listing addressed = existing(it -> it.put("listing_url", "https://example.org/" + shop));

            assertEquals(
                    List.of(numbered.id()),
                    importListings(it -> it.put("marketplace", shop)
                            .put("vendor_item_id", "7")
                            .put("listing_url", addressed.listingUrl())));
            assertEquals(
                    List.of(addressed.id()),
                    importListings(it -> it.put("marketplace", shop)
                            .put("vendor_item_id", "8")
                            .put("listing_url", addressed.listingUrl())));
            assertEquals(List.of(addressed.id()), importListings(it -> it.put("listing_url", addressed.listingUrl())));
            assertEquals(List.of(numbered.id()), importListings(it -> it.put("listing_url", numbered.listingUrl())));
        }

        @Test
        void ignoresAddressesOfListingsWithAnotherVendorItemId() {
            String shop = unique();
            Listing other = existing(it -> it.put("marketplace", shop)
                    .put("vendor_item_id", "7")
                    .put("listing_url", "https://example.org/" + shop));

            assertNotEquals(
                    List.of(other.id()),
                    importListings(it -> it.put("marketplace", shop)
                            .put("vendor_item_id", "8")
                            .put("listing_url", other.listingUrl())));
        }

        @Test
        void matchesEachListingOfAnAddressOnceThoseWithTheSameTitleFirst() {
            String address = "https://example.org/" + unique();
            Listing small = existing(it -> it.put("title", "small").put("listing_url", address));
            Listing large = existing(it -> it.put("title", "large").put("listing_url", address));

            List<Long> ids = importListings(
                    it -> it.put("title", "unknown").put("listing_url", address),
                    it -> it.put("title", "large").put("listing_url", address),
                    it -> it.put("title", "third").put("listing_url", address));

            assertEquals(List.of(small.id(), large.id()), ids.subList(0, 2));
            assertEquals(3, new HashSet<>(ids).size());
        }

        @Test
        void doesNotChangeTheStoredListing() {
            Listing stored = existing(it ->
                    it.put("listing_url", "https://example.org/" + unique()).put("price_usd", 100));

            importListings(it -> it.put("title", "overwritten")
                    .put("listing_url", stored.listingUrl())
                    .put("price_usd", 1));

            assertEquals(stored, fixtures.listings.get(ada, stored.id()));
        }

        @Test
        void matchesTheLongestAllowedAddress() {
            String address = "https://example.org/"
                    + new Random(1)
                            .ints(2028, 0x10000, 0x10FFFF)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
            List<Long> first = importListings(it -> it.put("listing_url", address));

            assertEquals(first, importListings(it -> it.put("listing_url", address)));
        }

        /** Listings with neither a vendor item id nor an address, such as those that were entered by hand. */
        @Test
        void findsTheSameListingsOfTheUserWithoutAKey() {
            String title = unique();
            Consumer<ObjectNode> plain = it -> it.put("title", title).put("price_usd", new BigDecimal("189.90"));
            Consumer<ObjectNode> noted =
                    plain.andThen(it -> it.put("notes", "with a charger").putNull("condition"));
            Consumer<ObjectNode> other = plain.andThen(it -> it.putObject("cpu").put("name", title));

            List<Long> first = importListings(noted, plain, other, plain);

            assertEquals(first, importListings(noted, plain, other, plain));
            assertEquals(4, Set.copyOf(first).size());
            List<Long> more = importListings(plain, plain, plain);
            assertEquals(List.of(first.get(1), first.get(3)), more.subList(0, 2));
            assertFalse(first.contains(more.get(2)));
            User bob = fixtures.user("bob");
            assertFalse(first.contains(listings(bob, create(bob, file(plain))).getFirst()));
        }

        /** An offer of ada at 99 dollars must not become that of bob at 222. */
        @Test
        void findsNoListingOfAnotherUser() {
            String shop = unique();
            Consumer<ObjectNode> offer = it -> it.put("title", shop)
                    .put("marketplace", shop)
                    .put("vendor_item_id", "1")
                    .put("listing_url", "https://example.org/" + shop);
            Consumer<ObjectNode> addressed = offer.andThen(it -> it.remove(List.of("marketplace", "vendor_item_id")));
            User bob = fixtures.user("bob");
            List<Long> others = new ArrayList<>();
            for (Consumer<ObjectNode> each : List.of(offer, addressed)) {
                others.add(fixtures.listings
                        .create(
                                bob,
                                Json.read(
                                        listing(each.andThen(it -> it.put("price_usd", 222)))
                                                .toString(),
                                        ListingInput.class))
                        .id());
            }
            CollectionFile file = file(
                    offer.andThen(it -> it.put("price_usd", 99)), addressed.andThen(it -> it.put("price_usd", 98)));

            assertEquals(new ImportReport(file.name(), 2, 0, 2), imports.check(ada, file, null));
            DealCollection imported = create(ada, file);

            assertEquals(
                    List.of(99, 98),
                    stored(ada, imported).stream()
                            .map(listing -> listing.priceUsd().intValue())
                            .toList());
            assertEquals(
                    List.of(ada.id(), ada.id()),
                    stored(ada, imported).stream().map(Listing::ownerId).toList());
            assertEquals(listings(ada, imported), listings(ada, create(ada, file)));
            assertFalse(listings(ada, imported).stream().anyMatch(others::contains));
        }

        private Listing existing(Consumer<ObjectNode> change) {
            return fixtures.listings.create(ada, Json.read(listing(change).toString(), ListingInput.class));
        }

        @SafeVarargs
        private List<Long> importListings(Consumer<ObjectNode>... changes) {
            return listings(ada, create(ada, file(changes)));
        }
    }

    @Nested
    class Parts {
        @Test
        void areFoundByTheirNaturalKeysOrCreated() {
            CpuInput unknown = new CpuInput(
                    "New CPU " + unique(),
                    "Maker",
                    null,
                    4,
                    8,
                    15,
                    null,
                    9000,
                    null,
                    null,
                    2024,
                    null,
                    JsonNodeFactory.instance.objectNode());
            Listing complete = fixtures.listings.create(ada, fixtures.completeListing());
            Consumer<ObjectNode> existing =
                    it -> it.setAll((ObjectNode) without(PortableJson.of(complete), "vendor_item_id", "listing_url"));

            DealCollection collection = create(
                    ada,
                    file(existing, it -> it.set("cpu", Json.tree(unknown)), it -> it.set("cpu", Json.tree(unknown))));

            List<Listing> listings = stored(ada, collection);
            assertEquals(complete.cpu(), listings.get(0).cpu());
            assertEquals(complete.portsProfile(), listings.get(0).portsProfile());
            assertEquals(complete.ramSpec(), listings.get(0).ramSpec());
            assertEquals(complete.secondaryStorageProfile(), listings.get(0).secondaryStorageProfile());
            assertEquals(unknown.name(), listings.get(1).cpu().name());
            assertEquals(listings.get(1).cpu(), listings.get(2).cpu());
            assertNotEquals(complete.id(), listings.get(0).id());
        }

        @Test
        void thatExistAreNotChanged() {
            Listing complete = fixtures.listings.create(ada, fixtures.completeListing());
            ObjectNode cpu = JsonNodeFactory.instance
                    .objectNode()
                    .put("name", complete.cpu().name())
                    .put("cpu_mark_multi", 1);

            DealCollection collection = create(ada, file(it -> it.set("cpu", cpu)));

            assertEquals(complete.cpu(), stored(ada, collection).getFirst().cpu());
        }

        @Test
        void withTheSameNullsInTheirKeysAreEqual() {
            Consumer<ObjectNode> ram =
                    it -> it.putObject("ram_spec").put("ddr_generation", "ddr3").put("total_capacity_gb", 3);

            List<Listing> listings = stored(ada, create(ada, file(ram, ram)));
            Listing again = stored(ada, create(ada, file(ram))).getFirst();

            assertEquals(listings.get(0).ramSpec(), listings.get(1).ramSpec());
            assertEquals(listings.get(0).ramSpec(), again.ramSpec());
            assertNull(again.ramSpec().label());
        }
    }

    @Nested
    class Guarantees {
        @Test
        void executesAFixedNumberOfStatements() {
            for (int count : List.of(1, 1000)) {
                Consumer<ObjectNode> change = it -> it.setAll((ObjectNode) without(
                        PortableJson.of(fixtures.listings.get(
                                ada, fixtures.listings(ada, 1).getFirst())),
                        "listing_url"));
                ObjectNode model = listing(change);
                CollectionFile file = new CollectionFile(
                        CollectionFile.FORMAT,
                        1,
                        "Many",
                        null,
                        Collections.nCopies(
                                count,
                                new CollectionFile.FileItem(
                                        null, null, Json.read(model.toString(), PortableListing.class))));

                assertEquals(
                        24,
                        StatementCounter.countWithRepetition(
                                () -> assertEquals(count, create(ada, file).itemCount())));
                assertEquals(3, StatementCounter.countWithRepetition(() -> imports.check(ada, file, null)));
            }
        }

        @Test
        void checksTheCollectionToAppendToInADryRunToo() {
            CollectionFile file = file(it -> it.put("title", unique()));
            DealCollection own = fixtures.collectionOf(ada, 1);
            long missing = Long.MAX_VALUE;
            long hidden = fixtures.collectionOf(fixtures.user("bob"), 1).id();

            assertEquals(new ImportReport(own.name(), 1, 0, 1), imports.check(ada, file, own.id()));
            for (long id : List.of(missing, hidden)) {
                ProblemException dry = assertThrows(ProblemException.class, () -> imports.check(ada, file, id));
                ProblemException real = assertThrows(ProblemException.class, () -> imports.create(ada, file, id));
                assertEquals(ProblemType.INVALID, dry.type());
                assertEquals(real.getMessage(), dry.getMessage());
            }
            assertEquals(1, fixtures.collections.getOwned(ada, own.id()).itemCount());
        }

        @Test
        void changesNothingInADryRun() {
            String title = unique();
            long before = fixtures.collections
                    .list(ada, new CollectionListQuery(null, null, 20, 0, null, CountMode.LIMITED))
                    .total()
                    .count();
            CollectionFile file =
                    file(it -> it.put("title", title), it -> it.put("listing_url", "https://example.org/" + title));
            create(ada, file(it -> it.put("listing_url", "https://example.org/" + title)));

            assertEquals(new ImportReport(file.name(), 2, 1, 1), imports.check(ada, file, null));

            assertEquals(
                    before + 1,
                    fixtures.collections
                            .list(ada, new CollectionListQuery(null, null, 20, 0, null, CountMode.LIMITED))
                            .total()
                            .count());
            assertEquals(0, count("SELECT count(*) FROM listing WHERE title = ?", title));
        }

        @Test
        void rollsBackAfterAnError() {
            String title = unique();
            Consumer<ObjectNode> bad = it ->
                    it.put("title", title).put("price_usd", 1).put("notes", "x".repeat(5000)); // valid by the schema
            String longName = "x".repeat(101); // violates a constraint of the database
            CollectionFile file = new CollectionFile(
                    CollectionFile.FORMAT, 1, longName, null, file(bad).items());

            Concurrently.run(1, _ -> create(ada, file));

            assertEquals(0, count("SELECT count(*) FROM listing WHERE title = ?", title));
        }

        @Test
        void reportsAllErrorsThatTheSchemaCannotExpress() {
            ProblemException problem = problem(
                    422,
                    () -> create(
                            ada,
                            file(
                                    it -> it.put("marketplace", "shop").put("vendor_item_id", "1"),
                                    it -> it.put("price_date", "1900-01-01T00:00:00Z")
                                            .putObject("attributes")
                                            .put("a", "x".repeat(20_000)),
                                    it -> it.putObject("cpu")
                                            .put("name", "CPU")
                                            .putObject("attributes")
                                            .put("a", "x".repeat(20_000)),
                                    it -> it.put("marketplace", "shop").put("vendor_item_id", "1"))));

            assertEquals(
                    List.of(
                            "/items/1/listing/attributes",
                            "/items/1/listing/price_date",
                            "/items/2/listing/cpu/attributes",
                            "/items/3/listing/vendor_item_id"),
                    problem.errors().stream().map(InputError::pointer).toList());
        }

        /** A created scoring profile is never the default. */
        @Test
        void createsMissingListingsForTheUser() {
            User bob = fixtures.user("bob");

            Listing listing = stored(
                            bob,
                            create(
                                    bob,
                                    file(it -> it.putObject("active_profile")
                                            .put("name", unique())
                                            .putObject("references"))))
                    .getFirst();

            assertEquals(bob.id(), listing.ownerId());
            assertEquals(false, listing.activeProfile().isDefault());
        }
    }

    @Nested
    class ConcurrentImports {
        @Test
        void createAListingOnce() {
            String shop = unique();
            CollectionFile file = file(
                    it -> it.put("marketplace", shop)
                            .put("vendor_item_id", "1")
                            .putObject("cpu")
                            .put("name", shop),
                    it -> it.put("listing_url", "https://example.org/" + shop)
                            .putObject("ram_spec")
                            .put("speed_mhz", 77));
            ConcurrentLinkedQueue<List<Long>> imported = new ConcurrentLinkedQueue<>();
            List<ImportService> servers = List.of(imports, service(database)); // coordinated by the database only

            List<String> outcomes = Concurrently.run(
                    12,
                    number -> imported.add(listings(ada, servers.get(number % 2).create(ada, file, null))));

            assertEquals(Collections.nCopies(12, "ok"), outcomes);
            assertEquals(1, new HashSet<>(imported).size(), imported::toString);
        }

        @Test
        void succeedWhileTheListingIsInsertedAndDeleted() {
            String shop = unique();
            CollectionFile file = file(it -> it.put("marketplace", shop).put("vendor_item_id", "1"));

            List<String> outcomes = Concurrently.run(6, number -> {
                for (int i = 0; i < 8; i++) {
                    if (number < 2) {
                        create(ada, file);
                    } else {
                        database.jdbi()
                                .useHandle(handle -> handle.execute("DELETE FROM listing WHERE marketplace = ?", shop));
                        database.jdbi()
                                .useHandle(handle -> handle.execute(
                                        "INSERT INTO listing (owner_id, title, marketplace, vendor_item_id) "
                                                + "VALUES (?, 'x', ?, '1') ON CONFLICT DO NOTHING",
                                        ada.id(),
                                        shop));
                    }
                }
            });

            assertEquals(Collections.nCopies(6, "ok"), outcomes);
            assertEquals(1, count("SELECT count(*) FROM listing WHERE marketplace = ?", shop));
        }
    }

    @SafeVarargs
    private static CollectionFile file(Consumer<ObjectNode>... changes) {
        List<CollectionFile.FileItem> items = new ArrayList<>();
        for (Consumer<ObjectNode> change : changes) {
            items.add(new CollectionFile.FileItem(
                    null, null, Json.read(listing(change).toString(), PortableListing.class)));
        }
        return new CollectionFile(CollectionFile.FORMAT, CollectionFile.VERSION, "Imported", null, items);
    }

    /** Returns a listing of a file, with the defaults that the schema would add. */
    private static ObjectNode listing(Consumer<ObjectNode> change) {
        ObjectNode listing = JsonNodeFactory.instance
                .objectNode()
                .put("title", "PC")
                .put("condition", "used")
                .put("status", "active");
        listing.putObject("attributes");
        change.accept(listing);
        for (String kind : List.of("cpu", "active_profile", "ram_spec")) {
            if (listing.get(kind) instanceof ObjectNode part) {
                IntStream.range(0, kind.equals("cpu") && !part.has("attributes") ? 1 : 0)
                        .forEach(_ -> part.putObject("attributes"));
                IntStream.range(0, kind.equals("active_profile") && !part.has("weights") ? 1 : 0)
                        .forEach(_ -> part.putObject("weights"));
                if (kind.equals("ram_spec") && !part.has("ddr_generation")) {
                    part.put("ddr_generation", "unknown");
                }
            }
        }
        return listing;
    }

    private static Object without(Object tree, String... members) {
        return ((ObjectNode) tree).remove(List.of(members));
    }

    private static String unique() {
        return "u" + UUID.randomUUID().toString().substring(0, 12);
    }

    private static CollectionFile read(String json) {
        return Json.read(json, CollectionFile.class);
    }

    private static String export(CollectionFixtures server, User owner, DealCollection collection) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new CollectionExport(
                            server.collections,
                            collection.id(),
                            Optional.of(owner),
                            new ExportQuery(ExportFormat.JSON, null))
                    .writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Listing> stored(User owner, DealCollection collection) {
        return fixtures
                .collections
                .get(Optional.of(owner), collection.id(), new CollectionQuery(1000, 0, null))
                .items()
                .stream()
                .map(CollectionItem::listing)
                .toList();
    }

    private static List<Long> listings(User owner, DealCollection collection) {
        return stored(owner, collection).stream().map(Listing::id).toList();
    }

    private static long count(String sql, String value) {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(sql).bind(0, value).mapTo(Long.class).one());
    }
}
