package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dealbrain.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules for all tables, checked in the catalog of PostgreSQL. */
class SchemaTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static List<String> query(String sql) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    @Test
    void everyTableHasAPrimaryKey() {
        String tables = """
                SELECT oid::regclass::text FROM pg_class t
                 WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
                """;

        assertFalse(query(tables).isEmpty());
        assertEquals(
                List.of(),
                query(tables + " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = t.oid AND contype = 'p')"));
    }

    /**
     * Without an index, each deletion of a row that others refer to reads the whole table. The index may be partial and
     * leave out NULL, which refers to nothing.
     */
    @Test
    void everyForeignKeyHasAnIndexThatBeginsWithItsColumns() {
        assertEquals(List.of(), query("""
                SELECT conrelid::regclass || ' ' || conname FROM pg_constraint f
                 WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT EXISTS (
                       SELECT FROM pg_index i
                        WHERE i.indrelid = f.conrelid AND i.indisvalid
                          AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = (
                               SELECT format('(%I IS NOT NULL)', attname) FROM pg_attribute
                                WHERE attrelid = f.conrelid AND attnum = f.conkey[1]))
                          AND (SELECT array_agg(k ORDER BY k)
                                 FROM unnest((i.indkey::int2[])[0 : cardinality(f.conkey) - 1]) k)
                              = (SELECT array_agg(k ORDER BY k) FROM unnest(f.conkey) k))
                """));
    }

    /** A unique index may be a prefix of another, because it is a rule, but not the same as another unique one. */
    @Test
    void noIndexIsAPrefixOfAnother() {
        assertEquals(List.of(), query("""
                WITH indexes AS (
                     SELECT indexrelid, indrelid, indisunique, indnatts > indnkeyatts AS includes, relam,
                            coalesce(pg_get_expr(indpred, indrelid), '') AS predicate,
                            ARRAY(SELECT format('%s %s %s %s', pg_get_indexdef(indexrelid, k + 1, false),
                                                indclass[k], indcollation[k], indoption[k])
                                    FROM generate_series(0, indnkeyatts - 1) k) AS keys
                       FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                      WHERE relnamespace = 'public'::regnamespace)
                SELECT a.indexrelid::regclass || ' of ' || b.indexrelid::regclass FROM indexes a JOIN indexes b
                    ON a.indrelid = b.indrelid AND a.indexrelid <> b.indexrelid
                   AND a.relam = b.relam AND a.predicate = b.predicate
                 WHERE a.keys = b.keys[1 : cardinality(a.keys)] AND NOT a.includes
                   AND (NOT a.indisunique OR b.indisunique AND a.keys = b.keys)
                """));
    }

    @Test
    void everyTimestampHasATimeZone() {
        assertEquals(List.of(), query("""
                SELECT table_name || '.' || column_name FROM information_schema.columns
                 WHERE table_schema = 'public'
                   AND data_type IN ('timestamp without time zone', 'time without time zone', 'time with time zone')
                """));
    }

    @Test
    void moneyHasTwoDecimals() {
        String money = """
                SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class t ON t.oid = attrelid
                 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attname LIKE '%\\_usd'
                """;

        assertFalse(query(money).isEmpty());
        assertEquals(List.of(), query(money + " AND format_type(atttypid, atttypmod) <> 'numeric(9,2)'"));
    }
}
