package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DaoFactoryTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    private final Jdbi jdbi = database.jdbi();
    private final Numbers numbers = jdbi.onDemand(Numbers.class);

    interface Numbers {
        @SqlUpdate("INSERT INTO number VALUES (:number)")
        void add(int number);

        @SqlQuery("SELECT number FROM number ORDER BY number")
        List<Integer> all();

        @SqlQuery("SELECT :number + 1")
        int next(int number);

        @SqlQuery("SELECT 1 / :number")
        int inverse(int number);
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle -> handle.execute("DROP TABLE IF EXISTS number; CREATE TABLE number (number integer)"));
    }

    @Test
    void returnsEachConnectionToThePool() {
        try (Database one = Database.open(database.url(), 1)) {
            Numbers dao = one.jdbi().onDemand(Numbers.class);
            for (int i = 0; i < 3; i++) {
                assertEquals(i + 1, dao.next(i));
                assertThrows(UnableToExecuteStatementException.class, () -> dao.inverse(0));
            }
            assertEquals(0, one.pool().active());
        }
    }

    @Test
    void joinsTheTransactionOfTheThread() {
        assertThrows(
                IllegalStateException.class,
                () -> jdbi.useTransaction(_ -> {
                    numbers.add(1);
                    assertEquals(List.of(1), jdbi.onDemand(Numbers.class).all());
                    throw new IllegalStateException("rolled back");
                }));
        assertEquals(List.of(), numbers.all());
        jdbi.useTransaction(_ -> numbers.add(2));
        assertEquals(List.of(2), numbers.all());
    }

    @Test
    void usesTheHandleThatADaoIsAttachedTo() {
        try (Handle handle = jdbi.open()) {
            handle.begin();
            handle.attach(Numbers.class).add(3);
            assertEquals(List.of(), numbers.all());
            assertEquals(List.of(3), handle.attach(Numbers.class).all());
            handle.rollback();
        }
    }

    @Test
    void isThreadSafe() {
        assertEquals(Collections.nCopies(8, "ok"), Concurrently.run(8, thread -> {
            for (int i = 0; i < 200; i++) {
                assertEquals(thread * 1000 + i + 1, numbers.next(thread * 1000 + i));
            }
        }));
    }
}
