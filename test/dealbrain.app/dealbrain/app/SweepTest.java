package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.changes.ChangeLog;
import dealbrain.collections.CollectionFixtures;
import dealbrain.database.Database;
import dealbrain.database.Transactions;
import dealbrain.http.PublicUrl;
import dealbrain.inbox.Inbox;
import dealbrain.notifications.Notifications;
import dealbrain.shares.Shares;
import dealbrain.testing.TestDatabase;
import dealbrain.views.Views;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SweepTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    /** More than two batches of rows that are too old in each table, and one that is not. */
    private static final List<String> ROWS = List.of(
            "INSERT INTO user_account (username, password_hash) VALUES ('ada', ''), ('bob', '')",
            "INSERT INTO listing (owner_id, title) SELECT min(id), 'PC' FROM user_account",
            "INSERT INTO collection (user_id, name, visibility) SELECT min(id), 'C', 'public' FROM user_account",
            "INSERT INTO collection_item (collection_id, listing_id, position, order_key)"
                    + " SELECT c.id, l.id, 0, 0 FROM collection c, listing l",
            """
            INSERT INTO listing_share (listing_id, created_by, share_token, expires_at)
            SELECT l.id, l.owner_id, repeat(md5(n::text), 2),
                   now() - make_interval(days => CASE n WHEN 0 THEN 29 ELSE 31 END)
              FROM listing l, generate_series(0, 2500) n
            """,
            """
            INSERT INTO collection_share (collection_id, share_token, expires_at)
            SELECT id, repeat(md5(n::text), 2), now() - make_interval(days => CASE n WHEN 0 THEN 29 ELSE 31 END)
              FROM collection, generate_series(0, 2500) n
            """,
            """
            INSERT INTO user_share (sender_id, recipient_id, listing_id, share_token, expires_at)
            SELECT l.owner_id, u.id, l.id, repeat(md5(n::text), 2),
                   now() - make_interval(days => CASE n WHEN 0 THEN 29 ELSE 31 END)
              FROM listing l JOIN user_account u ON u.id <> l.owner_id, generate_series(0, 2500) n
            """,
            """
            INSERT INTO notification (user_id, type, title, share_id, read_at)
            SELECT recipient_id, 'share_received', 'T', id,
                   now() - make_interval(days => CASE row_number() OVER () WHEN 1 THEN 89 ELSE 91 END)
              FROM user_share
            """,
            """
            INSERT INTO access_token (user_id, scope, token_hash, expires_at)
            SELECT min(id), 'read', sha256(n::text::bytea),
                   now() - make_interval(days => CASE n WHEN 0 THEN 29 ELSE 31 END)
              FROM user_account, generate_series(0, 2500) n GROUP BY n
            """,
            """
            INSERT INTO invite (code_hash, expires_at)
            SELECT sha256(n::text::bytea), now() - make_interval(days => CASE n WHEN 0 THEN 29 ELSE 31 END)
              FROM generate_series(0, 2500) n
            """,
            """
            INSERT INTO former_order_key (item_id, collection_id, generation, order_key, replaced_at)
            SELECT id, collection_id, n, n, now() - make_interval(days => CASE n WHEN 0 THEN 6 ELSE 8 END)
              FROM collection_item, generate_series(0, 2500) n
            """,
            """
            INSERT INTO audit_entry (action, target_kind, created_at)
            SELECT 'signed_in', 'token', now() - make_interval(days => CASE n WHEN 0 THEN 364 ELSE 366 END)
              FROM generate_series(0, 2500) n
            """,
            "DELETE FROM change_log",
            "INSERT INTO change_log (tag) SELECT 'listing:' || n FROM generate_series(1, 2500) n",
            "INSERT INTO change_checkpoint (position, taken_at)"
                    + " SELECT pg_current_snapshot(), clock_timestamp() - interval '26 hours'",
            "INSERT INTO change_log (tag) VALUES ('listing:1')",
            "ANALYZE");

    private static final List<String> TABLES = List.of(
            "listing_share",
            "collection_share",
            "user_share",
            "notification",
            "access_token",
            "invite",
            "former_order_key",
            "audit_entry",
            "change_log");

    private Database poller;
    private ChangeLog changes;
    private Sweep sweep;

    @BeforeEach
    void open() {
        Jdbi jdbi = database.jdbi();
        ROWS.forEach(statement -> jdbi.useHandle(handle -> handle.execute(statement)));
        poller = Database.open(database.url(), 1);
        changes = ChangeLog.open(poller.jdbi(), jdbi, ChangeLog.LEASE);
        CollectionFixtures fixtures = new CollectionFixtures(jdbi);
        Notifications notifications = new Notifications(jdbi, fixtures.accounts.authentication());
        Shares shares = new Shares(
                jdbi,
                fixtures.accounts.authentication(),
                fixtures.listings,
                fixtures.collections,
                notifications,
                new Views(jdbi, _ -> {}),
                new Cache(changes, null, "", 1_000_000, 0),
                PageSource.of(jdbi),
                OpenTelemetry.noop().getTracer("test"),
                PublicUrl.parse("https://deals.example.org"));
        Inbox inbox = new Inbox(jdbi, fixtures.accounts.authentication(), fixtures.collections, notifications);
        sweep = new Sweep(shares, inbox, notifications, fixtures.accounts, fixtures.collections, changes);
    }

    @AfterEach
    void close() {
        changes.close();
        poller.close();
    }

    private static Map<String, Long> numbers(String query) {
        Map<String, Long> numbers = new TreeMap<>();
        database.jdbi()
                .useHandle(handle -> handle.createQuery(query)
                        .map((row, _) -> numbers.put(row.getString(1), row.getLong(2)))
                        .list());
        return numbers;
    }

    /** Leaves out the changes that the deletions of this transaction log: those of its own are not always kept. */
    private static String condition(String table) {
        return table.equals("change_log") ? " WHERE tag LIKE 'listing:%'" : "";
    }

    /** Each batch finds its rows by an index: a scan of the table for each would take quadratic time. */
    @Test
    void deletesOldRowsInBatchesThatReadNoOthers() {
        Map<String, Long> read = new TreeMap<>();
        Transactions.useTransaction(database.jdbi(), () -> {
            String query = "SELECT relname, seq_tup_read FROM pg_stat_xact_user_tables";
            Map<String, Long> before = numbers(query); // of the session, not yet flushed
            sweep.run();
            numbers(query).forEach((table, rows) -> read.put(table, rows - before.getOrDefault(table, 0L)));
        });

        Map<String, Long> left = new TreeMap<>();
        for (String table : TABLES) {
            assertEquals(0, read.get(table), () -> "rows of " + table + " that were read without an index");
            left.putAll(numbers("SELECT '" + table + "', count(*) FROM " + table + condition(table)));
        }
        Map<String, Long> one = new TreeMap<>();
        TABLES.forEach(table -> one.put(table, 1L));
        assertEquals(one, left);
    }
}
