package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTriggerTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final Map<String, String> PARTS = Map.of(
            "cpu",
            "name",
            "gpu",
            "name",
            "ram_spec",
            "ddr_generation",
            "storage_profile",
            "medium",
            "ports_profile",
            "name",
            "scoring_profile",
            "name",
            "ruleset",
            "name");

    private long user;
    private long listing;
    private long collection;

    @BeforeEach
    void owner() {
        execute("TRUNCATE user_account CASCADE");
        user = insert("user_account (username, password_hash) VALUES ('ada', '')");
        listing = insert("listing (owner_id, title) VALUES (" + user + ", 'PC')");
        collection = insert("collection (user_id, name, visibility) VALUES (" + user + ", 'Deals', 'unlisted')");
    }

    @Test
    void updateAndDeleteOfEveryPartAreLogged() {
        PARTS.forEach((table, column) -> {
            long id = insert(
                    table + " (" + column + ") VALUES ('" + (column.equals("name") ? "a name" : "unknown") + "')");
            assertEquals(
                    Set.of(table + ":" + id),
                    logged("UPDATE " + table + " SET row_version = row_version + 1 WHERE id = " + id));
            assertEquals(Set.of(table + ":" + id), logged("DELETE FROM " + table + " WHERE id = " + id));
        });
    }

    @Test
    void insertsAreNotLogged() {
        assertEquals(
                Set.of(),
                logged(
                        "INSERT INTO cpu (name) VALUES ('new')",
                        "INSERT INTO listing (owner_id, title) VALUES (" + user + ", 'new')"));
    }

    @Test
    void updatesOfListingsAndUsersAreLogged() {
        assertEquals(Set.of("listing:" + listing), logged("UPDATE listing SET price_usd = 1"));
        assertEquals(Set.of("user:" + user), logged("UPDATE user_account SET display_name = 'Ada'"));
    }

    @Test
    void everyRowOfAnUpdateIsLogged() {
        long other = insert("listing (owner_id, title) VALUES (" + user + ", 'other')");
        assertEquals(Set.of("listing:" + listing, "listing:" + other), logged("UPDATE listing SET price_usd = 2"));
    }

    @Test
    void rolledBackChangeIsNotLogged() {
        database.jdbi().useHandle(handle -> {
            handle.begin();
            handle.execute("UPDATE listing SET price_usd = 3");
            handle.rollback();
        });
        assertEquals(0, count("SELECT count(*) FROM change_log WHERE tag = 'listing:" + listing + "'"));
    }

    @Test
    void rowHasTheTransactionIdOfTheChange() {
        database.jdbi().useTransaction(handle -> {
            handle.execute("SAVEPOINT inner_one");
            handle.execute("UPDATE listing SET price_usd = 4");
            handle.execute("RELEASE inner_one");
            assertEquals(
                    1,
                    handle.createQuery("SELECT count(*) FROM change_log WHERE xid = pg_current_xact_id()")
                            .mapTo(Integer.class)
                            .one());
        });
    }

    @Nested
    class Collections {
        @ParameterizedTest
        @CsvSource({"name, 'x'", "description, 'x'", "visibility, 'public'", "row_version, 7"})
        void visibleColumnsAreLogged(String column, String value) {
            String literal = column.equals("row_version") ? value : "'" + value + "'";
            assertEquals(
                    Set.of("collection:" + collection), logged("UPDATE collection SET " + column + " = " + literal));
        }

        @Test
        void itemsAreLoggedAsTheirCollection() {
            Set<String> expected = Set.of("collection:" + collection);
            assertEquals(
                    expected,
                    logged("INSERT INTO collection_item (collection_id, listing_id, position, order_key) VALUES ("
                            + collection + ", " + listing + ", 0, 1)"));
            assertEquals(expected, logged("UPDATE collection_item SET notes = 'a note'"));
            assertEquals(expected, logged("DELETE FROM collection_item"));
        }

        @Test
        void makingACollectionPrivateDeletesItsShares() {
            long share = collectionShare();
            assertEquals(
                    Set.of("collection:" + collection, "collection_share:" + share),
                    logged("UPDATE collection SET visibility = 'private'"));
        }
    }

    @Nested
    class Shares {
        @Test
        void expiryAndRevocationAreLogged() {
            long first = listingShare();
            assertEquals(Set.of("listing_share:" + first), logged("UPDATE listing_share SET expires_at = now()"));
            assertEquals(Set.of("listing_share:" + first), logged("DELETE FROM listing_share"));
            long second = collectionShare();
            assertEquals(
                    Set.of("collection_share:" + second), logged("UPDATE collection_share SET expires_at = now()"));
            assertEquals(Set.of("collection_share:" + second), logged("DELETE FROM collection_share"));
        }

        @ParameterizedTest
        @CsvSource({"listing_share", "collection_share", "collection"})
        void viewCountsAreNotLogged(String table) {
            listingShare();
            collectionShare();
            assertEquals(
                    Set.of(),
                    logged("UPDATE " + table + " SET view_count = view_count + 1, crawler_count = crawler_count + 1"));
        }
    }

    @Nested
    class Cascades {
        @Test
        void deletingAListingLogsItsSharesAndCollections() {
            execute("INSERT INTO collection_item (collection_id, listing_id, position, order_key) VALUES (" + collection
                    + ", " + listing + ", 0, 1)");
            long share = listingShare();
            assertEquals(
                    Set.of("listing:" + listing, "listing_share:" + share, "collection:" + collection),
                    logged("DELETE FROM listing"));
        }

        @Test
        void deletingAUserLogsEverythingThatTheUserOwned() {
            long first = listingShare();
            long second = collectionShare();
            assertEquals(
                    Set.of(
                            "user:" + user,
                            "listing:" + listing,
                            "collection:" + collection,
                            "listing_share:" + first,
                            "collection_share:" + second),
                    logged("DELETE FROM user_account"));
        }
    }

    private long listingShare() {
        return insert("listing_share (listing_id, created_by, share_token) VALUES (" + listing + ", " + user + ", '"
                + "a".repeat(64) + "')");
    }

    private long collectionShare() {
        return insert(
                "collection_share (collection_id, share_token) VALUES (" + collection + ", '" + "b".repeat(64) + "')");
    }

    private static Set<String> logged(String... statements) {
        long last = count("SELECT coalesce(max(id), 0) FROM change_log");
        List.of(statements).forEach(ChangeTriggerTest::execute);
        return database.jdbi()
                .withHandle(handle -> new TreeSet<>(handle.createQuery("SELECT tag FROM change_log WHERE id > :last")
                        .bind("last", last)
                        .mapTo(String.class)
                        .list()));
    }

    private static long count(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    private static long insert(String rest) {
        return count("INSERT INTO " + rest + " RETURNING id");
    }

    private static void execute(String statement) {
        database.jdbi().useHandle(handle -> handle.execute(statement));
    }
}
