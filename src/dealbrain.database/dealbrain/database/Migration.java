package dealbrain.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code sql/}, which changes the schema. It is applied once and never edited afterwards.
 *
 * @param version the number at the beginning of the file name
 * @param file    the file name, {@code 0001-accounts.sql}
 * @param sql     statements for one transaction: no CREATE INDEX CONCURRENTLY, no COMMIT
 */
record Migration(int version, String file, String sql) {
    private static final Pattern NAME = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.sql");

    /** Checksums of texts that differ from a file in a comment only. Some databases were created with them. */
    private static final Map<String, String> OTHER_COMMENTS =
            Map.of("adb96b63f410ac8c6e169be537870e9978aa3c4f1028508198d5264065526784", "0009-change-log.sql");

    /**
     * Returns the migration of a file. Line ends are normalized, so that the checksum does not depend on them.
     *
     * @throws MigrationException the name does not look like {@code 0001-accounts.sql}
     */
    static Migration of(String file, String sql) {
        Matcher name = NAME.matcher(file);
        if (!name.matches()) {
            throw new MigrationException("the name of a migration must look like 0001-accounts.sql, was " + file);
        }
        return new Migration(Integer.parseInt(name.group(1)), file, sql.replace("\r\n", "\n"));
    }

    /** Returns the SHA-256 of the statements, in hexadecimal. */
    String checksum() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    /** Returns whether a checksum is that of this file, or of a text that differs in a comment only. */
    boolean hasChecksum(String checksum) {
        return checksum.equals(checksum()) || file.equals(OTHER_COMMENTS.get(checksum));
    }

    /** Returns the line of the character at {@code position}; both are counted from 1. */
    long line(int position) {
        int end = sql.offsetByCodePoints(0, Math.min(position - 1, sql.codePointCount(0, sql.length())));
        return 1 + sql.substring(0, end).chars().filter(each -> each == '\n').count();
    }
}
