package dealbrain.database;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Replaces {@code :name} parameters by those of JDBC, as Jdbi's {@code ColonPrefixSqlParser} does. That one is a
 * generated lexer, which takes some milliseconds for each statement of a cold JVM (docs/decisions/0019-jdbi.md).
 * Quoted texts and names and comments are copied; {@code ::}, {@code :=} and {@code ??} are operators. Thread-safe.
 */
final class NamedParameterParser implements SqlParser {
    /** By text. Statements are constants, so it does not grow. */
    private final Map<String, ParsedSql> parsed = new ConcurrentHashMap<>();

    @Override
    public ParsedSql parse(String sql, StatementContext context) {
        ParsedSql known = parsed.get(sql);
        return known == null ? parsed.computeIfAbsent(sql, NamedParameterParser::parse) : known;
    }

    @Override
    public String nameParameter(String name, StatementContext context) {
        return ":" + name;
    }

    /** @throws IllegalArgumentException a quote or a comment has no end */
    static ParsedSql parse(String sql) {
        ParsedSql.Builder result = ParsedSql.builder();
        int copied = 0;
        int position = 0;
        while (position < sql.length()) {
            int end = endOfToken(sql, position);
            boolean isName = sql.charAt(position) == ':' && isNamePart(sql, position + 1);
            if (isName || (sql.charAt(position) == '?' && end == position + 1)) {
                result.append(sql.substring(copied, position));
                if (isName) {
                    result.appendNamedParameter(sql.substring(position + 1, end));
                } else {
                    result.appendPositionalParameter();
                }
                copied = end;
            }
            position = end;
        }
        return result.append(sql.substring(copied)).build();
    }

    /** Returns the end of a parameter, an operator, a quoted text, a comment, or a single character. */
    private static int endOfToken(String sql, int start) {
        return switch (sql.charAt(start)) {
            case '\'' -> endOf(sql, "'", start, 1);
            case '"' -> endOf(sql, "\"", start, 1);
            case '/' -> sql.startsWith("/*", start) ? endOf(sql, "*/", start, 2) : start + 1;
            case '?' -> sql.startsWith("??", start) ? start + 2 : start + 1;
            case ':' -> endOfColon(sql, start);
            default -> start + 1;
        };
    }

    private static int endOf(String sql, String terminator, int start, int width) {
        int found = sql.indexOf(terminator, start + width);
        if (found < 0) {
            throw new IllegalArgumentException("no " + terminator + " ends " + sql.substring(start));
        }
        return found + width;
    }

    private static int endOfColon(String sql, int start) {
        if (sql.startsWith("::", start)) {
            return start + 2;
        }
        int end = start + 1;
        while (isNamePart(sql, end)) {
            end++;
        }
        return end;
    }

    private static boolean isNamePart(String sql, int position) {
        if (position >= sql.length()) {
            return false;
        }
        char c = sql.charAt(position);
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    }
}
