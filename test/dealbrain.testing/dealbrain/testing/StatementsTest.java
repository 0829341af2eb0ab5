package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatementsTest {
    private static final String NAME = "SELECT name FROM schema_migration ORDER BY name OFFSET ? LIMIT 1";

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @BeforeAll
    static void count() {
        StatementCounter.listenTo(database.jdbi());
    }

    @Statements(max = 1)
    void runsWithEqualAndWithDifferentRows(Rows rows) {
        int loaded = rows.count(() -> database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT generate_series(1, ?)")
                        .bind(0, rows.number())
                        .mapTo(Integer.class)
                        .list()
                        .size()));

        assertEquals(rows.number(), loaded);
    }

    @Test
    void failsIfAStatementIsRepeatedForDifferentValues() {
        assertEquals(1, new Rows(10, false).count(() -> loadEachValueOnce(new Rows(10, false))));

        Rows different = new Rows(10, true);
        AssertionError error =
                assertThrows(AssertionError.class, () -> different.count(() -> loadEachValueOnce(different)));
        assertTrue(error.getMessage().contains(NAME), error.getMessage());
    }

    private static long loadEachValueOnce(Rows rows) {
        try (Handle handle = database.jdbi().open()) {
            return IntStream.range(0, rows.number())
                    .map(row -> rows.areDifferent() ? row : 0)
                    .distinct()
                    .mapToObj(offset -> handle.createQuery(NAME)
                            .bind(0, offset)
                            .mapTo(String.class)
                            .one())
                    .count();
        }
    }

    @Test
    void failsIfTheNumberIsTooLargeOrGrows() {
        assertDoesNotThrow(() -> StatementsExtension.check(2, Map.of("1 row", 1, "10 equal rows", 1)));
        assertThrows(AssertionError.class, () -> StatementsExtension.check(2, Map.of("1 row", 1, "10 equal rows", 2)));
        assertThrows(AssertionError.class, () -> StatementsExtension.check(2, Map.of("1 row", 3)));
    }
}
