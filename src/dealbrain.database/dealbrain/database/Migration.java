package dealbrain.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of {@code sql/}: statements that change the schema, applied once and never edited afterwards.
 *
 * @param version the number that the file's name starts with
 * @param file    its name, {@code 0001-accounts.sql}
 * @param sql     statements that may stand in one transaction, so no CREATE INDEX CONCURRENTLY and no COMMIT
 */
public record Migration(int version, String file, String sql) {
    private static final Pattern NAME = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.sql");

    /**
     * Takes the version from the file's name. Line ends are made the same, so that they do not count as a change.
     *
     * @throws MigrationException the name is not like {@code 0001-accounts.sql}
     */
    public static Migration of(String file, String sql) {
        Matcher name = NAME.matcher(file);
        if (!name.matches()) {
            throw new MigrationException("a migration is named like 0001-accounts.sql, was " + file);
        }
        return new Migration(Integer.parseInt(name.group(1)), file, sql.replace("\r\n", "\n"));
    }

    /** SHA-256 of the text, in hexadecimal. */
    String checksum() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** The line of the character at {@code position}; both are counted from 1. */
    long line(int position) {
        int end = sql.offsetByCodePoints(0, Math.min(position - 1, sql.codePointCount(0, sql.length())));
        return 1 + sql.substring(0, end).chars().filter(each -> each == '\n').count();
    }
}
