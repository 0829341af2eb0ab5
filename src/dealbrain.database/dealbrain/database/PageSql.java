package dealbrain.database;

/**
 * The text of a statement for {@link PagedRows}: it counts the rows of a list and returns one page of them, before the
 * joins. All parts are constants. {@code after} must be a condition of an index in {@code order}, such as
 * {@code (created_at, id) < (:time, :id)}: then the statement reads only the rows of the page.
 *
 * @param from  a table with its alias and the conditions of the list, such as {@code share s WHERE s.owner_id = :owner}
 * @param after the condition for the rows after a cursor
 * @param order the list for ORDER BY, which ends with a unique column
 */
public record PageSql(String from, String after, String order) {
    /**
     * Returns the statement.
     *
     * @param columns the columns to select; the first one is never NULL
     * @param alias   the alias of the rows of the list
     * @param joins   the joins of other tables to the page
     */
    public String select(String columns, String alias, String joins) {
        return "SELECT matches.total, " + columns + " FROM " + total("FROM " + from) + " matches"
                + " LEFT JOIN LATERAL (SELECT " + alias + ".* FROM " + from + " AND " + after
                + " ORDER BY " + order + " LIMIT :limit OFFSET :offset) " + alias + " ON true " + joins
                + " ORDER BY " + order;
    }

    /**
     * Returns a subquery with the column {@code total}: the number of rows that {@code from} finds. It reads at most
     * {@code :maxRows} of them; none for 0, all for NULL.
     */
    public static String total(String from) {
        return "(SELECT count(*) AS total FROM (SELECT " + from + " LIMIT :maxRows) counted)";
    }
}
