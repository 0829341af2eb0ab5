package dealbrain.catalog;

import dealbrain.database.PageSql;
import dealbrain.database.WordsPageSql;
import dealbrain.database.WordsTable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The texts of the statements on the table of one kind of part. They are built once, so that they stay prepared. An
 * input is one JSON text, which PostgreSQL converts to the column types of the table.
 */
final class PartStatements {
    private static final String STORED_ONLY = "'{id, row_version, created_at, updated_at}'";

    /** The kinds of which listings without one of their own use the default. */
    private static final Set<String> CAN_BE_DEFAULT = Set.of("ruleset", "scoring_profile");

    /** Takes the lock of sql/0023-valuation.sql before that of the row, as statements that write listings do. */
    private static final String LOCK_DEFAULTS =
            "WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtext('dealbrain defaults'))) ";

    final WordsTable words;
    final PartNameStatements names;
    final String list;
    /** Selects the parts that match {@code :words}. */
    final String search;

    final String find;
    final String lockToUpdate;
    final String lockToDelete;
    final String insert;
    final String update;
    final String delete;
    /** Blocks all transactions that write parts of this kind, and those that write listings, but no reader. */
    final String lockTable;

    /** Selects the parts whose normalised names are {@code :keys}. */
    final String findKeys;
    /** Selects the input forms of the parts with the {@code :ids}. */
    final String inputs;
    /** Updates the parts of {@code :inputs}, complete input forms with their ids, except for their names. */
    final String updateAll;
    /**
     * Inserts those of {@code :inputs} that do not exist, in the order of their keys, so that two imports cannot
     * deadlock.
     */
    final String insertMissing;
    /** Selects the ids of {@code :inputs} in their order, and locks the parts against changes. */
    final String findIds;
    /** Selects the ids of those of {@code :inputs} that exist, with the numbers of the inputs, from 1. */
    final String findStored;
    /** The columns that identify a part. */
    final List<String> naturalKey;

    /**
     * @param select the columns of a stored part, for SELECT
     * @param inputs the columns of an input; the first one is searched
     */
    PartStatements(String table, String select, List<String> inputs) {
        // quoted, because references is a word of SQL
        String columns = inputs.stream().collect(Collectors.joining("\", \"", "\"", "\""));
        words = new WordsTable(table, "coalesce(" + inputs.getFirst() + ", '')");
        names = new PartNameStatements(table, inputs.getFirst());
        String storeTexts = ", " + words.store(table) + ", " + names.store;
        String returned = storeTexts + " SELECT " + select + " FROM " + table;
        String input = "SELECT " + columns + " FROM jsonb_populate_record(NULL::" + table + ", :input::jsonb)";
        String id = table + ".id";
        String after = id + " > :afterId";
        list = new PageSql(table + " WHERE true", after, id).select(select, table, "");
        search = new WordsPageSql(table, table, "true", after, id).selectFromAll(words, "true", select, "");
        find = "SELECT " + select + " FROM " + table + " WHERE id = :id";
        String findInput = (CAN_BE_DEFAULT.contains(table) ? LOCK_DEFAULTS : "") + "SELECT row_version, to_jsonb("
                + table + ") - " + STORED_ONLY + "::text[] AS input FROM " + table
                + (CAN_BE_DEFAULT.contains(table) ? ", locked" : "") + " WHERE id = :id FOR ";
        lockToUpdate = findInput + "NO KEY UPDATE OF " + table;
        lockToDelete = findInput + "UPDATE OF " + table;
        insert = "WITH " + table + " AS (INSERT INTO " + table + " (" + columns + ") " + input + " RETURNING *)"
                + returned;
        update = "WITH " + table + " AS (UPDATE " + table + " SET (" + columns + ") = (" + input
                + "), row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING *)"
                + returned;
        delete = "DELETE FROM " + table + " WHERE id = :id";

        lockTable = "LOCK TABLE " + table + " IN EXCLUSIVE MODE";
        findKeys = "SELECT id, name, key FROM " + table + "_names WHERE key = ANY(:keys)";
        this.inputs = "SELECT id, to_jsonb(" + table + ") - " + STORED_ONLY + "::text[] FROM " + table
                + " WHERE id = ANY(:ids)";
        List<String> others = inputs.subList(1, inputs.size());
        updateAll = "UPDATE " + table + " SET ("
                + others.stream().collect(Collectors.joining("\", \"", "\"", "\"")) + ") = ROW("
                + others.stream().collect(Collectors.joining("\", input.\"", "input.\"", "\""))
                + "), row_version = " + table + ".row_version + 1, updated_at = clock_timestamp()"
                + " FROM jsonb_populate_recordset(NULL::" + table + ", :inputs::jsonb) AS input"
                + " WHERE " + id + " = input.id";

        naturalKey = naturalKey(inputs);
        String key = String.join(", ", naturalKey);
        String rows = " FROM jsonb_populate_recordset(NULL::" + table + ", :inputs::jsonb) WITH ORDINALITY AS input";
        insertMissing = "WITH " + table + " AS (INSERT INTO " + table + " (" + columns + ") SELECT DISTINCT ON (" + key
                + ") " + columns + rows
                + " WHERE NOT EXISTS (SELECT FROM " + table + " part WHERE " + equal(naturalKey) + ")"
                + " ORDER BY " + key + ", input.ordinality"
                + " ON CONFLICT ON CONSTRAINT " + table + "_natural_key DO NOTHING RETURNING *)"
                + storeTexts + " SELECT count(*) FROM " + table;
        String stored = rows + " JOIN " + table + " part ON " + equal(naturalKey);
        findIds = "SELECT part.id" + stored + " ORDER BY input.ordinality FOR SHARE OF part";
        findStored = "SELECT input.ordinality, part.id" + stored;
    }

    /** The name; parts without a name have a label first, and all other columns are their key. */
    private static List<String> naturalKey(List<String> inputs) {
        return inputs.getFirst().equals("name") ? List.of("name") : inputs.subList(1, inputs.size());
    }

    /** The first column of a key is never null; comparing it by {@code =} lets PostgreSQL use the index. */
    private static String equal(List<String> naturalKey) {
        return naturalKey.stream()
                .map(column -> "part." + column + " IS NOT DISTINCT FROM input." + column)
                .collect(Collectors.joining(" AND "))
                .replaceFirst("IS NOT DISTINCT FROM", "=");
    }
}
