package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConstraintViolationTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    @BeforeAll
    static void tables() {
        database.jdbi().useHandle(handle -> handle.execute("""
                CREATE TABLE seller (id int CONSTRAINT seller_key PRIMARY KEY);
                CREATE TABLE deal (
                    seller_id int CONSTRAINT deal_seller REFERENCES seller (id),
                    price numeric NOT NULL CONSTRAINT deal_price_positive CHECK (price > 0));
                INSERT INTO seller VALUES (1);
                INSERT INTO deal VALUES (1, 10)"""));
    }

    private static ConstraintViolation violation(String statement) {
        JdbiException thrown =
                assertThrows(JdbiException.class, () -> database.jdbi().useHandle(handle -> handle.execute(statement)));
        return ConstraintViolation.of(thrown).orElseThrow();
    }

    @Test
    void namesADuplicate() {
        ConstraintViolation violation = violation("INSERT INTO seller VALUES (1)");
        assertEquals(new ConstraintViolation("seller_key", "23505"), violation);
        assertTrue(violation.isDuplicate());
        assertFalse(violation.isForeignKey());
    }

    @Test
    void namesAForeignKeyOnBothSides() {
        assertEquals(new ConstraintViolation("deal_seller", "23503"), violation("INSERT INTO deal VALUES (2, 10)"));
        assertEquals("deal_seller", violation("DELETE FROM seller").constraint());
        assertTrue(violation("DELETE FROM seller").isForeignKey());
    }

    @Test
    void namesACheck() {
        assertEquals(
                new ConstraintViolation("deal_price_positive", "23514"), violation("INSERT INTO deal VALUES (1, 0)"));
    }

    @Test
    void namesTheColumnOfANullWithoutConstraint() {
        assertEquals(new ConstraintViolation("price", "23502"), violation("INSERT INTO deal VALUES (1, NULL)"));
    }

    @Test
    void findsTheViolationInABatch() {
        JdbiException thrown = assertThrows(
                JdbiException.class,
                () -> database.jdbi().useHandle(handle -> {
                    PreparedBatch batch = handle.prepareBatch("INSERT INTO seller VALUES (:id)");
                    batch.bind("id", 2)
                            .add()
                            .bind("id", 3)
                            .add()
                            .bind("id", 1)
                            .add()
                            .execute();
                }));
        assertEquals(Optional.of(new ConstraintViolation("seller_key", "23505")), ConstraintViolation.of(thrown));
    }

    @Nested
    class Translate {
        private static final IllegalArgumentException RULE = new IllegalArgumentException("the seller exists");

        private static int translate(String statement) {
            return ConstraintViolation.translate(
                    () -> database.jdbi().withHandle(handle -> handle.execute(statement)),
                    ConstraintViolation::isDuplicate,
                    violation -> violation.constraint().equals("seller_key") ? RULE : new IllegalStateException());
        }

        @Test
        void returnsTheResult() {
            assertEquals(0, translate("DELETE FROM seller WHERE id = 99"));
        }

        @Test
        void throwsTheTranslation() {
            assertSame(RULE, assertThrows(RuntimeException.class, () -> translate("INSERT INTO seller VALUES (1)")));
        }

        @Test
        void rethrowsOtherFailures() {
            assertThrows(UnableToExecuteStatementException.class, () -> translate("INSERT INTO deal VALUES (2, 10)"));
            assertThrows(UnableToExecuteStatementException.class, () -> translate("SELECT 1 / 0"));
        }

        @Test
        void runsWorkWithoutAResult() {
            assertSame(
                    RULE,
                    assertThrows(
                            RuntimeException.class,
                            () -> ConstraintViolation.translate(
                                    () -> database.jdbi()
                                            .useHandle(handle -> handle.execute("INSERT INTO seller VALUES (1)")),
                                    ConstraintViolation::isDuplicate,
                                    _ -> RULE)));
        }
    }

    @Test
    void isEmptyForOtherErrors() {
        JdbiException thrown = assertThrows(
                JdbiException.class,
                () -> database.jdbi().useHandle(handle -> handle.execute("SELECT * FROM nowhere")));
        assertEquals(Optional.empty(), ConstraintViolation.of(thrown));
        assertEquals(Optional.empty(), ConstraintViolation.of(new IllegalStateException("seller_key")));
    }
}
