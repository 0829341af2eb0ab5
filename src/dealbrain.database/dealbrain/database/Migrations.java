package dealbrain.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the schema: applies each migration once, in the order of their versions, in one transaction with its row in
 * {@code schema_migration}. Instances that start at the same time wait for each other.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String FOLDER = "dealbrain/database/migrations/";
    private static final long LOCK = 0x6465_616c_6272_6e6dL; // "dealbrnm", unused as a key of other advisory locks

    private final List<Migration> migrations;

    /** @throws MigrationException the versions are not 1, 2, 3 and so on, each once */
    Migrations(List<Migration> migrations) {
        this.migrations = migrations.stream()
                .sorted(Comparator.comparingInt(Migration::version))
                .toList();
        for (int i = 0; i < this.migrations.size(); i++) {
            requireVersion(i + 1, this.migrations.get(i));
        }
    }

    private void requireVersion(int version, Migration migration) {
        if (migration.version() < version) { // the one before has the same
            throw new MigrationException("two migrations have the version %d: %s and %s; rename one of them"
                    .formatted(migration.version(), migrations.get(version - 2).file(), migration.file()));
        }
        if (migration.version() > version) {
            throw new MigrationException(
                    "migration %04d is missing: the next one is %s".formatted(version, migration.file()));
        }
    }

    /** Returns the migrations that are part of this module. */
    public static Migrations bundled() {
        Module module = Migrations.class.getModule();
        ModuleReference reference = module.getLayer()
                .configuration()
                .findModule(module.getName())
                .orElseThrow()
                .reference();
        List<Migration> migrations = new ArrayList<>();
        try (ModuleReader reader = reference.open()) {
            List<String> names = reader.list()
                    .filter(name -> name.startsWith(FOLDER) && name.endsWith(".sql"))
                    .toList();
            for (String name : names) {
                try (InputStream in = reader.open(name).orElseThrow()) {
                    String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    migrations.add(Migration.of(name.substring(FOLDER.length()), sql));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Migrations(migrations);
    }

    /**
     * Applies the pending migrations on a connection of its own, without timeouts for statements.
     *
     * @return the number of applied migrations
     * @throws MigrationException           the database does not match these migrations, or one of them failed
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection
     */
    public int migrate(DatabaseUrl url) {
        Properties properties = ConnectionSettings.properties(url);
        properties.remove("options");
        properties.setProperty("socketTimeout", "0");
        properties.setProperty("preferQueryMode", "simple"); // a file is one text, in which errors have a position
        try (Connection connection = ConnectionSettings.connect(url, properties)) {
            return migrate(connection);
        } catch (SQLException e) {
            throw new MigrationException(
                    "the database " + url.address() + " could not be migrated: "
                            + DatabaseUnavailableException.firstLine(e.getMessage()),
                    e);
        }
    }

    private int migrate(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        int count = 0;
        Optional<Migration> applied = applyNext(connection);
        while (applied.isPresent()) {
            LOG.atInfo().addKeyValue("migration", applied.get().file()).log("migration applied");
            count++;
            applied = applyNext(connection);
        }
        return count;
    }

    /**
     * Applies the first pending migration, in a transaction; returns empty when none is pending. The advisory lock
     * belongs to the transaction, because pgBouncer can give the session to another client.
     */
    private Optional<Migration> applyNext(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.execute("SET LOCAL lock_timeout = 0");
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute("SET LOCAL client_min_messages = warning");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS schema_migration (
                        version int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
                        applied_at timestamptz NOT NULL DEFAULT now())""");
            int version = currentVersion(appliedChecksums(connection));
            Optional<Migration> next = migrations.stream().skip(version).findFirst();
            if (next.isPresent()) {
                apply(connection, next.get());
            }
            connection.commit();
            return next;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    /** Returns the checksums of the applied migrations by version. */
    private static Map<Integer, String> appliedChecksums(Connection connection) throws SQLException {
        Map<Integer, String> checksums = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version, checksum FROM schema_migration")) {
            while (row.next()) {
                checksums.put(row.getInt(1), row.getString(2));
            }
        }
        return checksums;
    }

    /** Returns the version of the database, 0 for an empty one, after comparing the checksums with the files. */
    private int currentVersion(Map<Integer, String> checksums) {
        int version = checksums.keySet().stream().reduce(0, Math::max);
        if (version > migrations.size()) {
            throw new MigrationException(
                    "the database has version %d, but this application knows %d: start a newer version"
                            .formatted(version, migrations.size()));
        }
        for (Migration migration : migrations.subList(0, version)) {
            String checksum = checksums.get(migration.version());
            if (checksum == null) {
                throw new MigrationException("the database has version %d, but %s was never applied: restore a backup"
                        .formatted(version, migration.file()));
            }
            if (!checksum.equals(migration.checksum())) {
                throw new MigrationException("%s was changed after it was applied: restore it and add a new migration"
                        .formatted(migration.file()));
            }
        }
        return version;
    }

    private static void apply(Connection connection, Migration migration) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement row = connection.prepareStatement(
                        "INSERT INTO schema_migration (version, name, checksum) VALUES (?, ?, ?)")) {
            statement.execute(migration.sql());
            row.setInt(1, migration.version());
            row.setString(2, migration.file());
            row.setString(3, migration.checksum());
            row.executeUpdate();
        } catch (SQLException e) {
            throw new MigrationException(
                    migration.file() + lineOf(e, migration) + " failed and was rolled back: "
                            + DatabaseUnavailableException.firstLine(e.getMessage()),
                    e);
        }
    }

    private static String lineOf(SQLException failure, Migration migration) {
        ServerErrorMessage error = failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
        return error == null || error.getPosition() == 0 ? "" : ", line " + migration.line(error.getPosition());
    }

    /** Returns the number of pending migrations. At most two statements. */
    int pending(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT to_regclass('schema_migration') IS NOT NULL")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return migrations.size();
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_migration")) {
                row.next();
                return Math.max(0, migrations.size() - row.getInt(1));
            }
        }
    }

    /** Returns whether all migrations are applied; the database may have newer ones. One statement. */
    public boolean isCurrent(Jdbi jdbi) {
        int version =
                jdbi.withHandle(handle -> handle.createQuery("SELECT coalesce(max(version), 0) FROM schema_migration")
                        .mapTo(int.class)
                        .one());
        return version >= migrations.size();
    }
}
