package dealbrain.profiling;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the DAO method into a statement, as in {@code SELECT /* ListingDao.find *}{@code / …}, so that
 * {@code pg_stat_activity}, {@code pg_stat_statements} and the log of PostgreSQL show the names of the profiler.
 *
 * <p>The comment follows the first word: {@code pg_stat_activity} cuts long texts at their end, and
 * {@code pg_stat_statements} leaves out what stands before a statement.
 */
final class StatementComment {
    private static final Pattern FIRST_WORD = Pattern.compile("^\\s*[A-Za-z]+");
    /** The names of classes and methods of Java, without what could end the comment or be read as a parameter. */
    private static final Pattern METHOD = Pattern.compile("[\\w.$<>]+");

    private StatementComment() {}

    /** Returns the statement with the comment. */
    static String add(String sql, String method) {
        Matcher word = FIRST_WORD.matcher(sql);
        if (!METHOD.matcher(method).matches() || !word.find()) {
            return sql;
        }
        return sql.substring(0, word.end()) + " /* " + method + " */" + sql.substring(word.end());
    }
}
