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
 * What can be told from the text of a statement alone. Made once for a text: it costs far more than an execution may.
 *
 * @param text        the statement in one line
 * @param fingerprint 16 hexadecimal digits, the same wherever and whenever the same statement runs
 * @param operation   its first verb, such as {@code SELECT}
 * @param table       the first table it names; empty for none
 */
record SqlText(String text, String fingerprint, String operation, String table) {
    private static final int SHOWN = 500;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern VERB =
            Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE|MERGE)\\b", Pattern.CASE_INSENSITIVE);
    /** What is read may be a function, which is no table. */
    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:INTO|UPDATE)\\s+([a-z_][a-z0-9_.]*)"
                    + "|\\b(?:FROM|JOIN)\\s+(?:ONLY\\s+)?([a-z_][a-z0-9_.]*+)(?!\\s*\\()",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NO_TABLE =
            Pattern.compile("\\b(?:EXTRACT\\s*\\(\\s*\\w+|DISTINCT)\\s+FROM\\b", Pattern.CASE_INSENSITIVE);

    static SqlText of(String sql) {
        String text = SPACE.matcher(sql.strip()).replaceAll(" ");
        return new SqlText(text, fingerprint(text), operation(text), table(text));
    }

    private static String table(String text) {
        Matcher table = TABLE.matcher(NO_TABLE.matcher(text).replaceAll(""));
        return table.find()
                ? Objects.requireNonNullElseGet(table.group(1), () -> table.group(2))
                        .toLowerCase(Locale.ROOT)
                : "";
    }

    /** The verb that a statement begins with; of one that begins with named queries ({@code WITH}), the verb that follows them. */
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

    private static int depth(String text, int end) {
        int depth = 0;
        for (int i = 0; i < end; i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
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

    /** Operation and table, as few words as name the statement to a person. */
    String summary() {
        return table.isEmpty() ? operation : operation + " " + table;
    }

    /** As much of the text as a line of the log shows. */
    String shown() {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }

    /** Whether it only reads: no named query in it changes something either. */
    boolean onlyReads() {
        return operation.equals("SELECT") && !text.matches("(?i).*\\b(INSERT INTO|UPDATE|DELETE FROM|MERGE INTO)\\b.*");
    }
}
