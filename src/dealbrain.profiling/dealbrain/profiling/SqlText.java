package dealbrain.profiling;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Facts parsed from the text of a statement. Parsing costs far more than profiling one execution may cost, so each text
 * is parsed once.
 *
 * @param text        the statement in one line
 * @param fingerprint 16 hexadecimal digits that depend on the text only: the same on all instances and in all versions
 * @param operation   the first verb, such as {@code SELECT}
 * @param table       the first table; empty for none
 */
record SqlText(String text, String fingerprint, String operation, String table) {
    /** Stands for all statements whose texts are not kept. */
    static final SqlText OTHERS = new SqlText("_other", "0000000000000000", "_OTHER", "");

    private static final int MAX_LOG_LENGTH = 500;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern VERB =
            Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE|MERGE)\\b", Pattern.CASE_INSENSITIVE);
    /** A name before a parenthesis is a function and not a table. */
    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:INTO|UPDATE)\\s+([a-z_][a-z0-9_.]*)"
                    + "|\\b(?:FROM|JOIN)\\s+(?:ONLY\\s+)?([a-z_][a-z0-9_.]*+)(?!\\s*\\()",
            Pattern.CASE_INSENSITIVE);

    /** A FROM that no table follows: {@code extract(year FROM d)}, {@code a IS DISTINCT FROM b}. */
    private static final Pattern NO_TABLE =
            Pattern.compile("\\b(?:EXTRACT\\s*\\(\\s*\\w+|DISTINCT)\\s+FROM\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern WRITE =
            Pattern.compile("\\b(INSERT INTO|UPDATE|DELETE FROM|MERGE INTO)\\b", Pattern.CASE_INSENSITIVE);

    static SqlText of(String sql) {
        String text = SPACE.matcher(sql.strip()).replaceAll(" ");
        return new SqlText(text, fingerprint(text), operation(text), table(text));
    }

    private static String table(String text) {
        Matcher table = TABLE.matcher(NO_TABLE.matcher(text).replaceAll(""));
        if (!table.find()) {
            return "";
        }
        String name = Objects.requireNonNullElseGet(table.group(1), () -> table.group(2));
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the first word of the text. If that is {@code WITH}, common table expressions come first. They are in
     * parentheses, so that the statement's own verb is the first one outside of all parentheses.
     */
    private static String operation(String text) {
        String first = text.replaceFirst("[^A-Za-z].*", "").toUpperCase(Locale.ROOT);
        if (!first.equals("WITH")) {
            return first;
        }
        Matcher verb = VERB.matcher(text);
        while (verb.find()) {
            if (depth(text, verb.start()) == 0) {
                return verb.group().toUpperCase(Locale.ROOT);
            }
        }
        return first;
    }

    /** Returns the number of parentheses that are open at an index. */
    private static int depth(String text, int index) {
        int depth = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '(') {
                depth++;
            } else if (text.charAt(i) == ')') {
                depth--;
            }
        }
        return depth;
    }

    private static String fingerprint(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns operation and table, as in {@code SELECT listing}. */
    String summary() {
        return table.isEmpty() ? operation : operation + " " + table;
    }

    /** Returns the text for a log message, cut at 500 characters. */
    String logText() {
        return text.length() <= MAX_LOG_LENGTH ? text : text.substring(0, MAX_LOG_LENGTH);
    }

    /** Returns whether the statement is a query without a common table expression that changes rows. */
    boolean isReadOnly() {
        return operation.equals("SELECT") && !WRITE.matcher(text).find();
    }
}
