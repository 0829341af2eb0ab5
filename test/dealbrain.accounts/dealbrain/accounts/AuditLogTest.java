package dealbrain.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.database.Transactions;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditLogTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private final AuditLog audit = new AuditLog(database.jdbi());

    @BeforeAll
    static void createVictims() {
        StatementCounter.listenTo(database.jdbi());
        sql("INSERT INTO user_account (username, password_hash)"
                + " SELECT 'victim-' || n, '' FROM generate_series(1, 15) n");
    }

    @BeforeEach
    void deleteEntries() {
        sql("DELETE FROM audit_entry");
    }

    private static void sql(String statement) {
        database.jdbi().useHandle(handle -> handle.execute(statement));
    }

    private static int number(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }

    @Test
    void limitsTheRowsOfFailuresForANetworkInAnHour() {
        for (int i = 1; i <= 15; i++) {
            audit.recordFailedSignIn("victim-" + i, "192.0.2.1");
            audit.recordFailedSignIn("victim-" + i, "192.0.2.1");
            audit.recordFailedSignIn("unknown-" + i, "192.0.2.1");
        }

        assertTrue(mostRowsOfAnHour() <= AuditLog.FAILURES_OF_NETWORK + 1);
        assertEquals(45, number("SELECT sum(occurrences) FROM audit_entry"));
        assertEquals(2, number("SELECT sum(occurrences) FROM audit_entry WHERE target_name = 'victim-1'"));
    }

    @Test
    void limitsTheRowsOfFailuresForAllNetworksInAnHour() {
        for (int i = 0; i < AuditLog.FAILURES_OF_ALL + 20; i++) {
            audit.recordFailedSignIn("unknown", "network " + i);
        }
        audit.recordFailedSignIn("victim-1", "network 0");

        assertTrue(mostRowsOfAnHour() <= AuditLog.FAILURES_OF_ALL + 1);
        assertEquals(AuditLog.FAILURES_OF_ALL + 21, number("SELECT sum(occurrences) FROM audit_entry"));
    }

    private static int mostRowsOfAnHour() {
        return number("SELECT max(n) FROM (SELECT count(*) AS n FROM audit_entry GROUP BY failure_hour) hours");
    }

    @Test
    void doesTheSameWorkForAnUnknownUser() {
        assertEquals(1, StatementCounter.count(() -> audit.recordFailedSignIn("victim-1", "192.0.2.1")));
        assertEquals(1, StatementCounter.count(() -> audit.recordFailedSignIn("unknown", "192.0.2.1")));
    }

    @Test
    void recordsNothingIfTheActionIsRolledBack() {
        User actor = new Accounts(database.jdbi(), 10, true).createUser("ada", "correct horse battery", null);
        assertThrows(
                IllegalStateException.class,
                () -> Transactions.useTransaction(database.jdbi(), () -> {
                    audit.record(AuditAction.PASSWORD_CHANGED, actor, AuditTarget.of(actor), Map.of());
                    throw new IllegalStateException("rolled back");
                }));

        assertEquals(0, number("SELECT count(*) FROM audit_entry"));
    }

    @Test
    void deletesOldEntriesInBatches() {
        sql("INSERT INTO audit_entry (action, target_kind, created_at) SELECT 'signed_in', 'token',"
                + " now() - make_interval(days => n) FROM generate_series(1, 5) n");

        assertEquals(3, audit.deleteOld(2, 3));
        assertEquals(1, audit.deleteOld(2, 3));
        assertEquals(0, audit.deleteOld(2, 3));
        assertEquals(1, number("SELECT count(*) FROM audit_entry"));
    }
}
