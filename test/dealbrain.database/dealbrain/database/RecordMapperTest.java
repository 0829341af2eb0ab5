package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordMapperTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    private static final String SELLER = "SELECT 7::bigint AS seller_id, 'Ada' AS display_name, 'used' AS condition, ";

    public enum Condition {
        NEW,
        USED
    }

    public record Values(
            long sellerId, int count, boolean isOpen, String name, BigDecimal price, Instant at, Condition condition) {}

    public record Nulls(
            @Nullable Long sellerId,
            @Nullable Integer count,
            @Nullable Boolean isOpen,
            @Nullable String name,
            @Nullable BigDecimal price,
            @Nullable Instant at,
            @Nullable Condition condition) {}

    public record Seller(long sellerId, String displayName) {}

    public record Deal(Seller seller, long id) {}

    private static <T> List<T> list(String query, Class<T> type) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(query).mapTo(type).list());
    }

    @Test
    void readsComponentsFromTheColumnsOfTheirNames() {
        assertEquals(
                List.of(new Values(7, 3, true, "Ada", new BigDecimal("1.50"), Instant.EPOCH, Condition.USED)),
                list("""
                        SELECT 'used' AS condition, '1970-01-01Z'::timestamptz AS at, 1.50 AS price, 'Ada' AS name,
                               true AS is_open, 3 AS count, 7::bigint AS seller_id
                        """, Values.class));
    }

    @Test
    void readsNullAsNull() {
        assertEquals(List.of(new Nulls(null, null, null, null, null, null, null)), list("""
                        SELECT NULL::bigint AS seller_id, NULL::int AS count, NULL::boolean AS is_open,
                               NULL::text AS name, NULL::numeric AS price, NULL::timestamptz AS at,
                               NULL::text AS condition
                        """, Nulls.class));
    }

    @Test
    void readsNestedRecordsFromTheColumnsOfTheirComponents() {
        assertEquals(
                List.of(new Deal(new Seller(7, "Ada"), 1), new Deal(new Seller(7, "Ada"), 2)),
                list(SELLER + "id FROM generate_series(1, 2) AS id", Deal.class));
    }

    @Test
    void ignoresOtherColumns() {
        assertEquals(List.of(new Seller(7, "Ada")), list(SELLER + "1 AS other", Seller.class));
    }

    @Test
    void readsTheSameAsTheMapperOfJdbi() {
        String query = SELLER + "1 AS other";
        Optional<Seller> expected = database.jdbi()
                .withHandle(handle -> handle.createQuery(query)
                        .map(ConstructorMapper.of(Seller.class))
                        .findOne());
        assertEquals(expected, list(query, Seller.class).stream().findFirst());
    }

    @Test
    void namesTheMissingColumn() {
        Throwable thrown = assertThrows(JdbiException.class, () -> list("SELECT 7::bigint AS seller_id", Seller.class));
        assertTrue(String.valueOf(thrown.getCause()).contains("display_name"), String.valueOf(thrown.getCause()));
    }
}
