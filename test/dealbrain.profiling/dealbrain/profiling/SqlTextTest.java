package dealbrain.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SqlTextTest {
    @Test
    void namesOperationAndFirstTable() {
        assertEquals(
                "SELECT listing",
                SqlText.of("SELECT *\n  FROM listing l\n JOIN cpu c ON c.id = l.cpu_id")
                        .summary());
        assertEquals(
                "INSERT share",
                SqlText.of("insert into Share (id) values (:id)").summary());
        assertEquals(
                "UPDATE collection",
                SqlText.of("UPDATE collection SET name = :name").summary());
        assertEquals(
                "DELETE item",
                SqlText.of("DELETE FROM ONLY item WHERE id = :id").summary());
        assertEquals("SELECT", SqlText.of("SELECT 1").summary());
        assertEquals(
                "SELECT share",
                SqlText.of("SELECT extract(epoch FROM s.expires_at), a IS DISTINCT FROM b FROM share s")
                        .summary());
        assertEquals(
                "SELECT",
                SqlText.of("SELECT pg_sleep(:s) FROM generate_series(1, 2)").summary());
    }

    @Test
    void takesTheOperationAfterCommonTableExpressions() {
        assertEquals(
                "INSERT",
                SqlText.of("WITH it AS (SELECT 1 FROM a), b AS (DELETE FROM c) INSERT INTO d SELECT * FROM it")
                        .operation());
        assertEquals(
                "SELECT",
                SqlText.of("WITH gone AS (DELETE FROM c RETURNING id) SELECT count(*) FROM gone")
                        .operation());
    }

    @Test
    void ignoresWhiteSpaceInTheFingerprint() {
        SqlText text = SqlText.of("SELECT a\n  FROM b");

        assertEquals(text.fingerprint(), SqlText.of("  SELECT a FROM b ").fingerprint());
        assertNotEquals(text.fingerprint(), SqlText.of("SELECT a FROM c").fingerprint());
        assertTrue(text.fingerprint().matches("[0-9a-f]{16}"), text.fingerprint());
    }

    @Test
    void fingerprintsTheWholeTextAndCutsItForTheLog() {
        String same = "SELECT '" + "x".repeat(600) + "', ";

        assertNotEquals(
                SqlText.of(same + "1").fingerprint(), SqlText.of(same + "2").fingerprint());
        assertEquals(500, SqlText.of(same + "1").logText().length());
    }

    @Test
    void isReadOnlyWithoutWritingCommonTableExpressions() {
        assertTrue(SqlText.of("SELECT updated_at FROM listing").isReadOnly());
        assertFalse(SqlText.of("WITH gone AS (DELETE FROM c RETURNING id) SELECT count(*) FROM gone")
                .isReadOnly());
        assertFalse(SqlText.of("SELECT 1 FROM a FOR UPDATE").isReadOnly());
        assertFalse(SqlText.of("INSERT INTO a VALUES (1)").isReadOnly());
    }

    @Test
    void numbersPlaceholdersOutsideOfLiterals() {
        assertEquals(
                new NativeSql("SELECT $1, '?', \"a?\", 'it''s ?', $2 FROM a WHERE b ? 'c'", 2),
                NativeSql.of("SELECT ?, '?', \"a?\", 'it''s ?', ? FROM a WHERE b ?? 'c'"));
    }
}
