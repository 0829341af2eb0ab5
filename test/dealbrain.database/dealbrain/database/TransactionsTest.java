package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionsTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    private final Jdbi jdbi = database.jdbi();
    private final AtomicInteger attempts = new AtomicInteger();

    @BeforeEach
    void empty() {
        execute("DROP TABLE IF EXISTS number; CREATE TABLE number (number integer)");
    }

    private void execute(String statement) {
        jdbi.useHandle(handle -> handle.execute(statement));
    }

    /** Inserts the number of the attempt, and fails with {@code state} until the last of {@code needed} attempts. */
    private int attempt(int needed, String state) {
        int attempt = attempts.incrementAndGet();
        execute("INSERT INTO number VALUES (" + attempt + ")");
        if (attempt < needed) {
            execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + state + "'; END $$");
        }
        return attempt;
    }

    private List<Integer> numbers() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT number FROM number")
                .mapTo(Integer.class)
                .list());
    }

    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001"})
    void retriesDeadlocksAndSerializationFailures(String state) {
        assertEquals(4, Transactions.inTransaction(jdbi, () -> attempt(4, state)));
        assertEquals(List.of(4), numbers());
    }

    @Test
    void throwsTheFourthFailure() {
        assertThrows(JdbiException.class, () -> Transactions.inTransaction(jdbi, () -> attempt(5, "40001")));
        assertEquals(4, attempts.get());
        assertEquals(List.of(), numbers());
    }

    @Test
    void retriesNoOtherFailure() {
        assertThrows(JdbiException.class, () -> Transactions.inTransaction(jdbi, () -> attempt(2, "23505")));
        assertEquals(1, attempts.get());
    }

    @Test
    void retriesANestedCallWithTheOuterTransaction() {
        Transactions.useTransaction(jdbi, () -> {
            execute("INSERT INTO number VALUES (0)");
            Transactions.useTransaction(jdbi, () -> attempt(2, "40P01"));
        });
        assertEquals(List.of(0, 2), numbers());
    }
}
