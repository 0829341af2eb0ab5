package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ColumnReaderTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    private interface Measurement {
        void read(ColumnReader columns) throws SQLException;
    }

    /** Twice: the driver answers in text the first time a statement runs, in binary when it is prepared. */
    private static void read(String query, Measurement reading) throws SQLException {
        try (Handle handle = database.jdbi().open();
                PreparedStatement statement = handle.getConnection().prepareStatement(query)) {
            for (int i = 0; i < 2; i++) {
                try (ResultSet row = statement.executeQuery()) {
                    ColumnReader columns = new ColumnReader(row);
                    while (row.next()) {
                        reading.read(columns.rewind());
                    }
                }
            }
        }
    }

    @Test
    void readsValuesInTheOrderOfTheProjection() throws SQLException {
        read("""
                SELECT 'a', 7, 9000000000, 12.30::numeric(12, 2), true, '{"a": 1}'::jsonb,
                       '2026-03-29 02:30:00.123456+05'::timestamptz
                """, columns -> {
            assertEquals("a", columns.text());
            assertEquals(7, columns.int32());
            assertEquals(9_000_000_000L, columns.int64());
            assertEquals(new BigDecimal("12.30"), columns.decimal());
            assertTrue(columns.bool());
            assertEquals("{\"a\": 1}", columns.text());
            assertEquals(Instant.parse("2026-03-28T21:30:00.123456Z"), columns.instant());
            assertEquals(8, columns.position());
        });
    }

    @Test
    void readsNullAsNull() throws SQLException {
        read("""
                SELECT NULL::text, NULL::int, NULL::int8, NULL::numeric, NULL::bool, NULL::timestamptz,
                       'a', 1, 2::int8, 4.0, false, '1970-01-01Z'::timestamptz
                """, columns -> {
            assertNull(columns.textOrNull());
            assertNull(columns.int32OrNull());
            assertNull(columns.int64OrNull());
            assertNull(columns.decimalOrNull());
            assertNull(columns.boolOrNull());
            assertNull(columns.instantOrNull());
            assertEquals("a", columns.textOrNull());
            assertEquals(1, columns.int32OrNull());
            assertEquals(2L, columns.int64OrNull());
            assertEquals(new BigDecimal("4.0"), columns.decimalOrNull());
            assertEquals(false, columns.boolOrNull());
            assertEquals(Instant.EPOCH, columns.instantOrNull());
        });
    }

    @Test
    void skipsColumns() throws SQLException {
        read("SELECT 1, 2, 3, false, 5", columns -> {
            assertEquals(1, columns.int32());
            assertFalse(columns.skip(2).bool());
            assertEquals(5, columns.position());
        });
    }

    @Test
    void rewindsForEachRow() throws SQLException {
        read(
                "SELECT i, i + 1 FROM generate_series(1, 3) i",
                columns -> assertEquals(1, -columns.int32() + columns.int32()));
    }
}
