package dealbrain.catalog;

/**
 * The texts of the statements on the table with the normalised names of one kind of part (sql/0021-part-names.sql).
 * {@code :names} is a JSON array of {@link PartNames}.
 */
final class PartNameStatements {
    private static final String NAMES = "jsonb_to_recordset(cast(:names AS jsonb))";

    /** A statement for WITH, which writes the names of the rows that another statement has written. */
    final String store;
    /**
     * Selects the stored names that may be meant by each given one: those with its key, those with all its words, those
     * with its model number, and the neighbours of its key in alphabetical order. Each is an index lookup.
     */
    final String find;

    final String missing;
    final String fill;

    /** @param source the column with the name */
    PartNameStatements(String table, String source) {
        String names = table + "_names";
        String name = "coalesce(written." + source + ", '')";
        store = "stored_names AS (INSERT INTO " + names + " AS stored (id, name, key, words)"
                + " SELECT written.id, " + name + ", given.key, given.words FROM " + table + " written"
                + " LEFT JOIN " + NAMES + " AS given (name text, key text, words text[]) ON given.name = " + name
                + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = excluded.key, words = excluded.words"
                + " WHERE stored.name <> excluded.name OR stored.key IS NULL)";
        find = "SELECT given.number, found.match, found.id, found.name, found.key FROM " + NAMES
                + " AS given (number integer, name text, key text, words text[], models text[]) CROSS JOIN LATERAL ("
                + select("name", names, "key = given.key AND given.key <> ''", "name <> given.name, id", 6)
                + " UNION ALL "
                + select("words", names, "words @> given.words AND given.words <> '{}'", "length(key), key, id", 6)
                + " UNION ALL "
                + select("model", names, "words && given.models", "length(key), key, id", 5) + " UNION ALL "
                + select("near", names, "key >= given.key", "key, id", 8) + " UNION ALL "
                + select("near", names, "key < given.key", "key DESC, id DESC", 8) + ") found ORDER BY given.number";
        missing = "SELECT id, name FROM " + names
                + " WHERE key IS NULL AND id > :last ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED";
        fill = "UPDATE " + names + " stored SET key = given.key, words = given.words FROM " + NAMES
                + " AS given (id bigint, key text, words text[]) WHERE stored.id = given.id";
    }

    private static String select(String match, String names, String condition, String order, int limit) {
        return "(SELECT '" + match + "' AS match, id, name, key FROM " + names + " WHERE " + condition + " ORDER BY "
                + order + " LIMIT " + limit + ")";
    }
}
