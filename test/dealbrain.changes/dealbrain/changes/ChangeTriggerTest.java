package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTriggerTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private long user;
    private long listing;
    private long collection;

    @BeforeEach
    void owner() {
        execute("TRUNCATE user_account CASCADE");
        user = insert("user_account (username, password_hash) VALUES ('ada', '')");
        listing = listing("PC");
        collection = collection("Deals");
    }

    @Test
    void insertIsNotLogged() {
        assertEquals(
                Set.of(),
                logged(
                        "INSERT INTO cpu (name) VALUES ('new')",
                        "INSERT INTO listing (owner_id, title) VALUES (" + user + ", 'new')"));
    }

    /** The list of public collections depends on it. */
    @Test
    void newPublicCollectionIsLogged() {
        String insert = "INSERT INTO collection (user_id, name, visibility) VALUES (" + user;
        assertEquals(Set.of(), logged(insert + ", 'a', 'private')", insert + ", 'b', 'unlisted')"));
        Set<String> tags = logged(insert + ", 'c', 'public')");
        assertEquals(Set.of("collection:" + number("SELECT max(id) FROM collection WHERE name = 'c'")), tags);
    }

    @Test
    void rolledBackChangeIsNotLogged() {
        database.jdbi().useHandle(handle -> {
            handle.begin();
            handle.execute("UPDATE listing SET price_usd = 3");
            handle.rollback();
        });
        assertEquals(0, number("SELECT count(*) FROM change_log WHERE tag = 'listing:" + listing + "'"));
    }

    @Test
    void rowHasTheTransactionIdOfTheChange() {
        database.jdbi().useTransaction(handle -> {
            handle.execute("SAVEPOINT inner_one");
            handle.execute("UPDATE listing SET price_usd = 4");
            handle.execute("RELEASE inner_one");
            assertEquals(Set.of("listing:" + listing), LoggedTables.tags(handle));
        });
    }

    @Test
    void transactionLogsEachTagOnce() {
        assertEquals(
                Set.of("listing:" + listing),
                logged("UPDATE listing SET price_usd = 5", "UPDATE listing SET price_usd = 6", "DELETE FROM listing"));
        assertEquals(1, number("SELECT count(*) FROM change_log WHERE tag = 'listing:" + listing + "'"));
    }

    @Test
    void rowsThatDoNotChangeAreNotLogged() {
        long other = listing("other");
        execute("UPDATE listing SET price_usd = 7 WHERE id = " + other);
        assertEquals(Set.of("listing:" + listing), logged("UPDATE listing SET price_usd = 7"));
        assertEquals(Set.of(), logged("UPDATE listing SET price_usd = 7"));
    }

    /** 1.5 and 1.50 are equal, but a page shows them differently. */
    @Test
    void changeOfTheScaleOfANumberIsLogged() {
        execute("UPDATE listing SET score_composite = 1.5");
        assertEquals(Set.of("listing:" + listing), logged("UPDATE listing SET score_composite = 1.50"));
    }

    @Test
    void updateByAnUpsertAndByMergeIsLogged() {
        long cpu = insert("cpu (name) VALUES ('i5')");
        assertEquals(
                Set.of("cpu:" + cpu),
                logged("INSERT INTO cpu (name) VALUES ('i5') ON CONFLICT (name) DO UPDATE SET cores = 4"));
        assertEquals(
                Set.of("cpu:" + cpu),
                logged("MERGE INTO cpu USING (VALUES ('i5')) v (name) ON cpu.name = v.name"
                        + " WHEN MATCHED THEN UPDATE SET cores = 6"));
    }

    @Nested
    class ManyRows {
        @Test
        void hundredRowsOfAKindAreLoggedOneByOne() {
            listings(99); // and the one of each test
            assertEquals(tags("listing", ids("listing")), logged("UPDATE listing SET price_usd = 1"));
        }

        @Test
        void moreAreLoggedAsAWildcard() {
            listings(100);
            assertEquals(Set.of("listing:*"), logged("UPDATE listing SET price_usd = 1"));
            assertEquals(Set.of("listing:*"), logged("DELETE FROM listing"));
        }

        @Test
        void onlyChangedRowsCount() {
            execute("UPDATE listing SET price_usd = 1");
            listings(100);
            assertEquals(100, logged("UPDATE listing SET price_usd = 1").size());
        }

        @Test
        void wildcardStandsBesideTheTagsOfOtherStatements() {
            String tag = "listing:" + listing;
            listings(100);
            assertEquals(
                    Set.of(tag, "listing:*"),
                    logged(
                            "UPDATE listing SET price_usd = 1 WHERE id = " + listing,
                            "UPDATE listing SET price_usd = 2"));
        }

        @Test
        void listingOfManyCollectionsLogsTwoRows() {
            execute("INSERT INTO collection (user_id, name) SELECT " + user + ", 'c' FROM generate_series(1, 2600)");
            execute("INSERT INTO collection_item (collection_id, listing_id, position, order_key) SELECT id, " + listing
                    + ", 0, 0 FROM collection");
            assertEquals(Set.of("listing:" + listing, "collection:*"), logged("DELETE FROM listing"));
        }

        /** The foreign keys delete the items listing by listing; their triggers run once. Others keep their items. */
        @Test
        void userWithManyListingsInManyCollectionsLogsFewRows() {
            long keeper = insert("user_account (username, password_hash) VALUES ('bob', '')");
            execute("INSERT INTO collection (user_id, name) SELECT " + keeper + ", 'c' FROM generate_series(1, 300)");
            listings(1000);
            execute("INSERT INTO collection_item (collection_id, listing_id, position, order_key)"
                    + " SELECT c.id, l.id, l.id - " + listing + ", l.id FROM listing l, collection c"
                    + " WHERE c.user_id = " + keeper + " AND (c.id + l.id) % 100 = 0");
            assertEquals(
                    Set.of("user:" + user, "listing:*", "collection:" + collection),
                    logged("DELETE FROM user_account WHERE id = " + user));
            assertEquals(
                    Set.of("user:" + keeper, "listing:*", "collection:*"),
                    logged("DELETE FROM user_account WHERE id = " + keeper));
            assertEquals(0, number("SELECT count(*) FROM listing"));
        }
    }

    @Nested
    class Items {
        private final String tag = "collection:";

        @Test
        void areLoggedAsTheirCollection() {
            Set<String> expected = Set.of(tag + collection);
            assertEquals(expected, logged(itemOf(collection, listing)));
            assertEquals(expected, logged("UPDATE collection_item SET notes = 'a note'"));
            assertEquals(expected, logged("DELETE FROM collection_item"));
        }

        @Test
        void areLoggedWithoutTheTriggersThatUpdateTheirCollection() {
            long second = collection("More");
            String replica = "SET LOCAL session_replication_role = replica";
            assertEquals(Set.of(tag + collection), logged(replica, itemOf(collection, listing)));
            assertEquals(
                    Set.of(tag + collection, tag + second),
                    logged(replica, "UPDATE collection_item SET collection_id = " + second));
            assertEquals(Set.of(tag + second), logged(replica, "DELETE FROM collection_item"));
        }

        @Test
        void areLoggedWhenCopiedIn() {
            assertEquals(
                    Set.of(tag + collection),
                    logged("COPY collection_item (collection_id, listing_id, position, order_key) FROM PROGRAM 'echo "
                            + collection + "," + listing + ",0,0' (FORMAT csv)"));
            assertEquals(1, itemCount(collection));
        }

        @Test
        void logBothCollectionsOfAMove() {
            long second = collection("More");
            execute(itemOf(collection, listing));
            long firstVersion = version(collection);
            long secondVersion = version(second);
            assertEquals(
                    Set.of(tag + collection, tag + second),
                    logged("UPDATE collection_item SET collection_id = " + second));
            assertEquals(List.of(0L, 1L), List.of(itemCount(collection), itemCount(second)));
            assertEquals(List.of(firstVersion + 1, secondVersion + 1), List.of(version(collection), version(second)));
        }

        @Test
        void keepTheCountsOfCollectionsThatExchangeThem() {
            long second = collection("More");
            long other = listing("other");
            execute(itemOf(collection, listing));
            execute(itemOf(second, other));
            logged("UPDATE collection_item SET collection_id = " + collection + " + " + second + " - collection_id");
            assertEquals(List.of(1L, 1L), List.of(itemCount(collection), itemCount(second)));
        }

        @Test
        void setTheCountsToZeroWhenTruncated() {
            execute(itemOf(collection, listing));
            Set<String> logged = logged("TRUNCATE collection_item CASCADE");
            assertTrue(logged.contains("collection:*"), logged.toString());
            assertEquals(0, itemCount(collection));
        }

        private String itemOf(long collectionId, long listingId) {
            return "INSERT INTO collection_item (collection_id, listing_id, position, order_key) VALUES (%d, %d, 0, 0)"
                    .formatted(collectionId, listingId);
        }

        private long itemCount(long id) {
            return number("SELECT item_count FROM collection WHERE id = " + id);
        }

        private long version(long id) {
            return number("SELECT row_version FROM collection WHERE id = " + id);
        }
    }

    @Nested
    class Views {
        @BeforeEach
        void links() {
            listingShare();
            collectionShare();
        }

        @ParameterizedTest
        @ValueSource(strings = {"listing_share", "collection_share", "collection"})
        void areNotLogged(String table) {
            assertEquals(
                    Set.of(),
                    logged("UPDATE " + table + " SET view_count = view_count + 1, crawler_count = crawler_count + 1"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"listing_share", "collection_share", "collection"})
        void areLoggedTogetherWithAnotherColumn(String table) {
            assertEquals(
                    tags(table, ids(table)),
                    logged("UPDATE " + table
                            + " SET view_count = view_count + 1, created_at = created_at - interval '1 s'"));
        }
    }

    @Nested
    class Cascades {
        @Test
        void makingACollectionPrivateDeletesItsLinks() {
            long share = collectionShare();
            assertEquals(
                    Set.of("collection:" + collection, "collection_share:" + share),
                    logged("SET LOCAL search_path = ''", "UPDATE public.collection SET visibility = 'private'"));
        }

        @Test
        void deletingAListingLogsItsLinksAndCollections() {
            execute("INSERT INTO collection_item (collection_id, listing_id, position, order_key) VALUES (" + collection
                    + ", " + listing + ", 0, 1)");
            long share = listingShare();
            assertEquals(
                    Set.of("listing:" + listing, "listing_share:" + share, "collection:" + collection),
                    logged("DELETE FROM listing"));
        }

        @Test
        void deletingAUserLogsEverythingThatTheUserOwned() {
            Set<String> owned = new HashSet<>(Set.of("user:" + user, "listing:" + listing, "collection:" + collection));
            owned.add("listing_share:" + listingShare());
            owned.add("collection_share:" + collectionShare());
            assertEquals(owned, logged("DELETE FROM user_account"));
        }

        @Test
        void truncatingATableLogsThoseThatReferToIt() {
            assertEquals(Set.of("listing:*", "listing_share:*", "collection:*"), logged("TRUNCATE listing CASCADE"));
            assertEquals(
                    Set.of("user:*", "listing:*", "listing_share:*", "collection:*", "collection_share:*"),
                    logged("TRUNCATE user_account CASCADE"));
        }
    }

    private long listing(String title) {
        return insert("listing (owner_id, title) VALUES (" + user + ", '" + title + "')");
    }

    private void listings(int count) {
        execute("INSERT INTO listing (owner_id, title) SELECT " + user + ", 'PC' FROM generate_series(1, " + count
                + ")");
    }

    private long collection(String name) {
        return insert("collection (user_id, name, visibility) VALUES (" + user + ", '" + name + "', 'unlisted')");
    }

    private long listingShare() {
        return insert("listing_share (listing_id, created_by, share_token) VALUES (" + listing + ", " + user + ", '"
                + "a".repeat(64) + "')");
    }

    private long collectionShare() {
        return insert(
                "collection_share (collection_id, share_token) VALUES (" + collection + ", '" + "b".repeat(64) + "')");
    }

    private static LongStream ids(String table) {
        return database
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM " + table)
                        .mapTo(Long.class)
                        .list())
                .stream()
                .mapToLong(Long::longValue);
    }

    private static Set<String> tags(String kind, LongStream ids) {
        return ids.mapToObj(id -> kind + ":" + id).collect(Collectors.toSet());
    }

    private static Set<String> logged(String... statements) {
        return LoggedTables.logged(database, statements);
    }

    private static long number(String query) {
        return LoggedTables.number(database, query);
    }

    private static long insert(String row) {
        return LoggedTables.insert(database, row);
    }

    private static void execute(String statement) {
        database.jdbi().useHandle(handle -> handle.execute(statement));
    }
}
