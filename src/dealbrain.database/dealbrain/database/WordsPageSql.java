package dealbrain.database;

/**
 * The text of a statement for {@link PagedRows} of a list whose rows match {@code :words}, of {@link Words#query}. The
 * index of the words has no order. So there are two ways to find a page, and the statement takes the one that reads
 * fewer rows:
 *
 * <ol>
 *   <li>Few rows match: it reads all of them by their ids, and sorts them.
 *   <li>Many rows match: it reads the index of the sort order and looks up the words of each row, until the page is
 *       full. PostgreSQL does not turn the lookup, which is a scalar subquery, into a join that reads all matches.
 * </ol>
 *
 * <p>A condition without columns decides between them at run time. The other way costs nothing.
 *
 * @param table     the table of the list, whose rows have an {@code id}
 * @param alias     its alias in all other parts
 * @param condition the condition of the list
 * @param after     as in {@link PageSql}
 * @param order     as in {@link PageSql}
 */
public record WordsPageSql(String table, String alias, String condition, String after, String order) {
    /** Reading and sorting more rows takes longer than reading the sort order. */
    private static final int FEW = 2000;

    private static final String IS_FEW = "(SELECT is_few FROM size)";

    /**
     * Returns the statement for a list of all rows whose words meet a condition. Their number is that of the matches.
     *
     * @param words   the words of the table
     * @param indexed a condition of the words that selects exactly the rows of the list, such as {@code is_public}
     * @param columns as {@code joins}, those of {@link PageSql#select}
     */
    public String selectFromAll(WordsTable words, String indexed, String columns, String joins) {
        String atMost = "greatest(coalesce(:maxRows, " + Long.MAX_VALUE + "), " + (FEW + 1) + ")";
        String size = "SELECT count(*) <= " + FEW + " AS is_few FROM matching";
        String total = "(SELECT count(*) AS total FROM matching)";
        return select(words, matching(words, indexed, atMost), size, total, columns, joins);
    }

    /**
     * Returns the statement for a list that has few of the rows whose words meet a condition, such as those of one
     * owner. If the list is short, its rows are read in their order even if the words match fewer.
     *
     * @param words   the words of the table
     * @param indexed a condition of the words that selects all rows of the list, and others; {@code true} for none
     * @param columns as {@code joins}, those of {@link PageSql#select}
     */
    public String selectFromSome(WordsTable words, String indexed, String columns, String joins) {
        String atMost = Integer.toString(FEW + 1);
        String isShort = "(SELECT count(*) FROM (SELECT FROM " + table + " " + alias + " WHERE " + condition + " LIMIT "
                + atMost + ") list) <= " + FEW;
        String size = "SELECT CASE WHEN " + isShort + " THEN false ELSE (SELECT count(*) <= " + FEW
                + " FROM matching) END AS is_few";
        String total = PageSql.total("FROM ((SELECT 1 " + few() + ") UNION ALL (SELECT 1 " + many(words) + ")) found");
        return select(words, matching(words, indexed, atMost), size, total, columns, joins);
    }

    private static String matching(WordsTable words, String indexed, String atMost) {
        return "SELECT id FROM " + words.name() + " WHERE words @@ cast(:words AS tsquery) AND " + indexed + " LIMIT "
                + atMost;
    }

    private String select(WordsTable words, String matching, String size, String total, String columns, String joins) {
        return "WITH matching AS MATERIALIZED (" + matching + "), size AS MATERIALIZED (" + size + ")"
                + " SELECT matches.total, " + columns + " FROM " + total + " matches"
                + " LEFT JOIN LATERAL (" + page(few()) + " UNION ALL " + page(many(words)) + ") " + alias + " ON true "
                + joins + " ORDER BY " + order;
    }

    /** OFFSET 0 makes PostgreSQL read each match by its id, even if it expects fewer rows with the other conditions. */
    private String few() {
        return "FROM matching CROSS JOIN LATERAL (SELECT * FROM " + table + " one WHERE one.id = matching.id OFFSET 0) "
                + alias + " WHERE " + IS_FEW + " AND " + condition;
    }

    private String many(WordsTable words) {
        return "FROM " + table + " " + alias + " WHERE NOT " + IS_FEW + " AND " + condition
                + " AND (SELECT each.words @@ cast(:words AS tsquery) FROM " + words.name() + " each WHERE each.id = "
                + alias + ".id)";
    }

    private String page(String from) {
        return "(SELECT " + alias + ".* " + from + " AND " + after + " ORDER BY " + order
                + " LIMIT :limit OFFSET :offset)";
    }
}
