package dealbrain.database;

/**
 * A migration that was applied to a database: a row of {@code schema_migration}.
 *
 * @param file     the file name, {@code 0001-accounts.sql}
 * @param checksum the SHA-256 of its statements, in hexadecimal
 */
public record AppliedMigration(int version, String file, String checksum) {}
