package dealbrain.catalog;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts of the statements on the table of one kind of part. They are built once, so that they stay prepared. An
 * input is one JSON text, which PostgreSQL converts to the column types of the table.
 */
final class PartStatements {
    private static final String STORED_ONLY = "'{id, row_version, created_at, updated_at}'";

    final String list;
    final String count;
    final String find;
    final String lock;
    final String insert;
    final String update;
    final String delete;
    /**
     * Inserts those of {@code :inputs} that do not exist, in the order of their keys, so that two imports cannot
     * deadlock.
     */
    final String insertMissing;
    /** Selects the ids of {@code :inputs} in their order, and locks the parts against deletion. */
    final String findIds;

    /**
     * @param select the columns of a stored part, for SELECT
     * @param inputs the columns of an input; the first one is searched
     */
    PartStatements(String table, String select, List<String> inputs) {
        String columns = String.join(", ", inputs);
        String matches = matches(table, inputs.getFirst());
        String input = "SELECT " + columns + " FROM jsonb_populate_record(NULL::" + table + ", :input::jsonb)";
        list = "SELECT " + select + matches + " ORDER BY id LIMIT :limit OFFSET :offset";
        count = "SELECT count(*)" + matches;
        find = "SELECT " + select + " FROM " + table + " WHERE id = :id";
        lock = "SELECT row_version, to_jsonb(" + table + ") - " + STORED_ONLY + "::text[] AS input FROM " + table
                + " WHERE id = :id FOR UPDATE";
        insert = "INSERT INTO " + table + " (" + columns + ") " + input + " RETURNING " + select;
        update = "UPDATE " + table + " SET (" + columns + ") = (" + input + "), row_version = row_version + 1,"
                + " updated_at = clock_timestamp() WHERE id = :id RETURNING " + select;
        delete = "DELETE FROM " + table + " WHERE id = :id";

        List<String> naturalKey = naturalKey(inputs);
        String key = String.join(", ", naturalKey);
        String rows = " FROM jsonb_populate_recordset(NULL::" + table + ", :inputs::jsonb) WITH ORDINALITY AS input";
        insertMissing = "INSERT INTO " + table + " (" + columns + ") SELECT DISTINCT ON (" + key + ") " + columns + rows
                + " WHERE NOT EXISTS (SELECT FROM " + table + " part WHERE " + equal(naturalKey) + ")"
                + " ORDER BY " + key + ", input.ordinality"
                + " ON CONFLICT ON CONSTRAINT " + table + "_natural_key DO NOTHING";
        findIds = "SELECT part.id" + rows + " JOIN " + table + " part ON " + equal(naturalKey)
                + " ORDER BY input.ordinality FOR KEY SHARE OF part";
    }

    /**
     * Returns the FROM clause of a search by {@code :words}; null finds all parts. Only one half of the union runs.
     * With OR instead of the union, a generic plan could not use the index.
     */
    private static String matches(String table, String searched) {
        return " FROM (SELECT * FROM " + table + " WHERE :words::text IS NULL UNION ALL SELECT * FROM " + table
                + " WHERE words_of(" + searched + ") @@ to_tsquery('simple', :words)) " + table;
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
