package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A change of any column is logged. The columns are those of the tables, so that a column that is added later is
 * tested, too. The constraints are dropped, so that any value of a type may be written.
 */
class ChangedColumnTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    /** Settings of a session that must not switch the log off. */
    private static final List<String> SESSIONS = List.of(
            "SET LOCAL search_path = public",
            "SET LOCAL search_path = ''",
            "SET LOCAL search_path = pg_catalog",
            "SET LOCAL search_path = hidden, public",
            "CREATE TEMP TABLE change_log (xid xid8 DEFAULT pg_current_xact_id(), tag text PRIMARY KEY) ON COMMIT DROP",
            "SET LOCAL session_replication_role = replica");

    private static final List<String> TABLES = Stream.concat(
                    LoggedTables.KINDS.keySet().stream(), Stream.of("collection_item"))
            .toList();

    private static final Map<String, String> ROWS = Map.ofEntries(
            Map.entry("listing", "(owner_id, title) VALUES (1, 'PC')"),
            Map.entry("cpu", "(name) VALUES ('i5')"),
            Map.entry("gpu", "(name) VALUES ('A400')"),
            Map.entry("ram_spec", "(ddr_generation) VALUES ('ddr5')"),
            Map.entry("storage_profile", "(medium) VALUES ('nvme')"),
            Map.entry("ports_profile", "(name) VALUES ('mini')"),
            Map.entry("scoring_profile", "(name) VALUES ('silent')"),
            Map.entry("ruleset", "(name) VALUES ('strict')"),
            Map.entry("user_account", "(username, password_hash) VALUES ('ada', '')"),
            Map.entry("collection", "(user_id, name) VALUES (1, 'Deals')"),
            Map.entry("collection_item", "(collection_id, listing_id, position, order_key) VALUES (1, 1, 0, 0)"),
            Map.entry("listing_share", "(listing_id, created_by, share_token) VALUES (1, 1, 'a')"),
            Map.entry("collection_share", "(collection_id, share_token) VALUES (1, 'b')"));

    @BeforeAll
    static void rowsWithoutConstraints() {
        database.jdbi().useHandle(handle -> {
            handle.execute("""
                    DO $$
                    DECLARE
                        drop text;
                    BEGIN
                        FOR drop IN SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
                                      FROM pg_constraint
                                     WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace
                                       AND conparentid = 0 LOOP -- not those of partitions
                            EXECUTE drop;
                        END LOOP;
                    END $$
                    """);
            ROWS.forEach((table, row) -> handle.execute("INSERT INTO " + table + " " + row));
            handle.execute("CREATE SCHEMA hidden");
            handle.execute("CREATE TABLE hidden.change_log (LIKE public.change_log INCLUDING ALL)");
        });
    }

    /** Returns each column of the tables with an expression that changes it. */
    static List<Arguments> columns() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        SELECT table_name, column_name,
                               CASE WHEN is_identity = 'YES' THEN 'DEFAULT'
                                    ELSE CASE data_type
                                         WHEN 'text' THEN format('coalesce(%1$I, '''') || ''x''', column_name)
                                         WHEN 'bigint' THEN format('coalesce(%1$I, 0) + 1', column_name)
                                         WHEN 'integer' THEN format('coalesce(%1$I, 0) + 1', column_name)
                                         WHEN 'numeric' THEN format('coalesce(%1$I, 0) + 1', column_name)
                                         WHEN 'boolean' THEN format('NOT %1$I', column_name)
                                         WHEN 'jsonb'
                                         THEN format('%1$I || CASE jsonb_typeof(%1$I) WHEN ''array'' THEN ''[{}]'''
                                                     ' ELSE ''{\"x\": 1}'' END::jsonb', column_name)
                                         WHEN 'ARRAY' THEN format('%1$I || 1', column_name)
                                         WHEN 'timestamp with time zone'
                                         THEN format('coalesce(%1$I, now()) + interval ''1 s''', column_name)
                                          END
                                END
                          FROM information_schema.columns
                         WHERE table_schema = 'public' AND table_name = ANY(:tables)
                         ORDER BY table_name, ordinal_position
                        """)
                        .bindArray("tables", String.class, TABLES)
                        .map((row, _) -> Arguments.of(row.getString(1), row.getString(2), row.getString(3)))
                        .list());
    }

    @ParameterizedTest
    @MethodSource("columns")
    void isLogged(String table, String column, String changed) {
        Set<String> expected = new TreeSet<>();
        if (!LoggedTables.COUNTERS.contains(column)) {
            expected.addAll(tagsOfRow(table)); // before
        }
        Set<String> logged = logged("UPDATE " + table + " SET \"" + column + "\" = " + changed);
        if (!LoggedTables.COUNTERS.contains(column)) {
            expected.addAll(tagsOfRow(table)); // after, which differs if the id has changed
        }
        assertEquals(expected, logged);
    }

    @ParameterizedTest
    @FieldSource("TABLES")
    void isLoggedInEverySession(String table) {
        String column = table.equals("collection_item") ? "added_at" : "created_at";
        for (String session : SESSIONS) {
            String update = "UPDATE public.%s SET %s = %s + interval '1 s'".formatted(table, column, column);
            assertEquals(tagsOfRow(table), logged(session, update), session);
        }
    }

    /** An update of an item always increases the version of its collection. */
    @ParameterizedTest
    @MethodSource("tablesWithoutItems")
    void isNotLoggedWhenItKeepsItsValue(String table) {
        assertEquals(Set.of(), logged("UPDATE " + table + " SET created_at = created_at"));
    }

    static Set<String> tablesWithoutItems() {
        return LoggedTables.KINDS.keySet();
    }

    @ParameterizedTest
    @FieldSource("TABLES")
    void isLoggedOfADeletedRow(String table) {
        for (String session : SESSIONS) {
            Set<String> row = tagsOfRow(table);
            database.jdbi().useHandle(handle -> {
                handle.begin();
                handle.execute(session);
                handle.execute("DELETE FROM public." + table);
                assertEquals(row, LoggedTables.tags(handle), session);
                handle.rollback();
            });
        }
    }

    @ParameterizedTest
    @FieldSource("TABLES")
    void isLoggedOfATruncatedTable(String table) {
        String kind = LoggedTables.KINDS.getOrDefault(table, "collection");
        for (String session : SESSIONS) {
            database.jdbi().useHandle(handle -> {
                handle.begin();
                handle.execute(session);
                handle.execute("TRUNCATE public." + table);
                assertTrue(LoggedTables.tags(handle).contains(kind + ":*"), session);
                handle.rollback();
            });
        }
    }

    private static Set<String> logged(String... statements) {
        return LoggedTables.logged(database, statements);
    }

    private static Set<String> tagsOfRow(String table) {
        String id = table.equals("collection_item") ? "collection_id" : "id";
        String kind = LoggedTables.KINDS.getOrDefault(table, "collection");
        return Set.of(kind + ":" + LoggedTables.number(database, "SELECT " + id + " FROM " + table));
    }
}
