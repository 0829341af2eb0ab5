package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A deletion costs what it deletes, not what is stored: it finds its rows by indexes, and updates nothing but the
 * collections that have lost items.
 */
class DeletionCostTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    /**
     * Ada has 300 listings, bob 100. Each of bob's 500 collections has 20 items, the first five of ada's listings in
     * front. Each listing is shared twice.
     */
    private static final List<String> ROWS = List.of(
            "INSERT INTO user_account (username, password_hash) VALUES ('ada', ''), ('bob', '')",
            "INSERT INTO cpu (name) SELECT 'CPU ' || n FROM generate_series(1, 50) n",
            """
            INSERT INTO listing (owner_id, title, cpu_id)
            SELECT CASE WHEN n <= 300 THEN 1 ELSE 2 END, 'PC ' || n, 1 + n % 40 FROM generate_series(1, 400) n
            """,
            "INSERT INTO collection (user_id, name) SELECT 2, 'C ' || n FROM generate_series(1, 500) n",
            """
            INSERT INTO collection_item (collection_id, listing_id, position, order_key)
            SELECT c, CASE WHEN n < 5 THEN 1 + n ELSE 301 + n END, n, n
              FROM generate_series(1, 500) c, generate_series(0, 19) n
            """,
            """
            INSERT INTO listing_share (listing_id, created_by, share_token)
            SELECT id, owner_id, repeat(md5(id::text), 2) FROM listing
            """,
            """
            INSERT INTO user_share (sender_id, recipient_id, listing_id, share_token, expires_at)
            SELECT owner_id, 3 - owner_id, id, repeat(md5(id::text), 2), now() FROM listing
            """,
            "INSERT INTO notification (user_id, type, title, share_id)"
                    + " SELECT recipient_id, 'share_received', 'T', id FROM user_share",
            "DELETE FROM change_log",
            "ANALYZE");

    private static final String ADA = "DELETE FROM user_account WHERE username = 'ada'";
    private static final String LISTING = "DELETE FROM listing WHERE id = 1";

    private Handle handle;

    @BeforeEach
    void insertRowsAndBegin() {
        handle = database.jdbi().open();
        handle.execute("TRUNCATE user_account, cpu RESTART IDENTITY CASCADE");
        ROWS.forEach(handle::execute);
        begin();
    }

    /** A flush sets the statistics of a session to 0. */
    private void begin() {
        handle.execute("SELECT pg_stat_force_next_flush()");
        handle.begin();
    }

    @AfterEach
    void rollback() {
        handle.rollback();
        handle.close();
    }

    private Map<String, Long> numbers(String query) {
        Map<String, Long> numbers = new TreeMap<>();
        handle.createQuery(query)
                .map((row, _) -> numbers.put(row.getString(1), row.getLong(2)))
                .list();
        return numbers;
    }

    /** Returns a statistic of the transaction by table, without zeros and the partitions. */
    private Map<String, Long> statistic(String column) {
        return numbers("SELECT relname, " + column + " FROM pg_stat_xact_user_tables WHERE " + column + " > 0"
                + " AND relname !~ '^listing_words_\\d+$'");
    }

    private Map<String, Long> changed() {
        return numbers("SELECT tag, 1 FROM change_log");
    }

    private void assertNoTableWasRead() {
        Map<String, Long> read = statistic("seq_tup_read");
        read.remove("user_account"); // two rows
        read.remove("change_log"); // by this test
        assertEquals(Map.of(), read, "rows that were read without an index");
    }

    @Test
    void ofAUserUpdatesOnlyTheListingsThatOthersKeep() {
        handle.execute("SET LOCAL enable_seqscan = off"); // the tables are small
        handle.execute(ADA);

        assertNoTableWasRead();
        Map<String, Long> deleted = statistic("n_tup_del");
        assertEquals(1, deleted.get("user_account"));
        assertEquals(295, deleted.get("listing"));
        assertEquals(null, deleted.get("collection_item"));
        assertEquals(300, deleted.get("listing_share"));
        assertEquals(400, deleted.get("user_share"));
        Map<String, Long> updated = statistic("n_tup_upd");
        // those that are deleted afterwards
        assertTrue(updated.getOrDefault("notification", 0L) <= 400, updated::toString);
        updated.remove("notification");
        assertEquals(Map.of("listing", 5L, "listing_dollars", 5L, "listing_verdict", 5L), updated);
        assertEquals(5, statistic("n_tup_ins").get("notification"));
        Map<String, Long> tags = new TreeMap<>(Map.of("listing:*", 1L, "listing_share:*", 1L, "user:1", 1L));
        LongStream.rangeClosed(1, 5).forEach(listing -> tags.put("listing:" + listing, 1L));
        assertEquals(tags, changed());
    }

    /** The last user who has them in a collection. */
    @Test
    void ofAUserDeletesListingsWithoutAnOwner() {
        handle.execute("SET LOCAL enable_seqscan = off"); // the functions keep their plans
        handle.execute(ADA);
        handle.commit();
        begin();
        handle.execute("SET LOCAL enable_seqscan = off");

        handle.execute("DELETE FROM user_account WHERE username = 'bob'");

        assertNoTableWasRead();
        Map<String, Long> deleted = statistic("n_tup_del");
        assertEquals(105, deleted.get("listing"));
        assertEquals(10_000, deleted.get("collection_item"));
        assertEquals(Map.of(), numbers("SELECT title, id FROM listing"));
    }

    @Test
    void ofAListingUpdatesOnlyTheCollectionsThatLoseIt() {
        handle.execute("SET LOCAL enable_seqscan = off");
        handle.execute(LISTING);

        assertNoTableWasRead();
        assertEquals(500, statistic("n_tup_del").get("collection_item"));
        assertEquals(Map.of("collection", 500L, "notification", 1L), statistic("n_tup_upd"));
        assertEquals(Map.of("collection:*", 1L, "listing:1", 1L, "listing_share:1", 1L), changed());
    }

    @Test
    void ofAnUnusedPartReadsNoListing() {
        handle.execute("SET LOCAL enable_seqscan = off");
        handle.execute("DELETE FROM cpu WHERE id = 50");

        assertNoTableWasRead();
        assertEquals(Map.of(), statistic("n_tup_upd"));
    }

    @Test
    void ofACollectionUpdatesNoRow() {
        handle.execute("SET LOCAL enable_seqscan = off");
        handle.execute("DELETE FROM collection WHERE id = 7");

        assertNoTableWasRead();
        assertEquals(Map.of(), statistic("n_tup_upd"));
    }

    /** The functions of triggers keep the plan of their first call in a session, which was made for its rows. */
    @Test
    void ofOneItemDoesNotGrowAfterADeletionOfMany() {
        handle.execute(LISTING);
        handle.commit();
        begin();

        handle.execute("DELETE FROM collection_item WHERE collection_id = 3 AND position = 7");
        handle.execute("UPDATE collection_item SET notes = 'a note' WHERE collection_id = 3 AND position = 8");

        assertNoTableWasRead();
    }
}
