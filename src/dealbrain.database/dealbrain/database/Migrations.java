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
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
            throw new MigrationException("two migrations have the version %s: %s and %s; rename one of them"
                    .formatted(migration.version(), migrations.get(version - 2).file(), migration.file()));
        }
        if (migration.version() > version) {
            throw new MigrationException(String.format(
                    Locale.ROOT, "migration %04d is missing: the next one is %s", version, migration.file()));
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
     * Applies the pending migrations on a connection of its own, without timeouts for statements, after checking that
     * the database can be used. Three statements if none is pending, and no wait for other instances.
     *
     * @return the number of applied migrations
     * @throws MigrationException           the database does not match these migrations, or one of them failed
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection, or has settings with
     *                                      which the application does not work
     */
    public int migrate(DatabaseUrl url) {
        try (Connection connection = ConnectionSettings.connect(url, ConnectionSettings.migration(url))) {
            requireUsable(url, connection);
            return MigrationTable.exists(connection) && isCurrent(connection) ? 0 : migrate(connection);
        } catch (SQLException e) {
            throw new MigrationException(
                    "the database " + url.address() + " could not be migrated: "
                            + DatabaseUnavailableException.reason(e),
                    e);
        }
    }

    private static void requireUsable(DatabaseUrl url, Connection connection) throws SQLException {
        List<String> problems = SessionSettings.problems(connection, url);
        if (!problems.isEmpty()) {
            throw new DatabaseUnavailableException(
                    "the database at " + url.address() + " cannot be used: " + String.join("; ", problems));
        }
    }

    private boolean isCurrent(Connection connection) throws SQLException {
        return currentVersion("the database", MigrationTable.rows(connection)) == migrations.size();
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
        try {
            MigrationTable.lock(connection);
            int version = currentVersion("the database", MigrationTable.rows(connection));
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

    /** Returns the migrations that were applied to the database of a connection, ascending; none to an empty one. */
    public static List<AppliedMigration> applied(Connection connection) throws SQLException {
        return MigrationTable.exists(connection) ? MigrationTable.rows(connection) : List.of();
    }

    /**
     * Checks that these are the first migrations of this application.
     *
     * @param holder what has them, for the message: {@code the backup}
     * @throws MigrationException there are more, one is missing, or one has another content
     */
    public void requireKnown(String holder, List<AppliedMigration> applied) {
        currentVersion(holder, applied);
    }

    /**
     * Applies the first {@code count} migrations to an empty database, in the transaction of the connection, which is
     * the caller's to commit. Instances that start meanwhile wait for its end.
     *
     * @throws MigrationException           the database is not empty, or a migration failed
     * @throws DatabaseUnavailableException the database has settings with which the application does not work
     */
    public void recreate(DatabaseUrl url, Connection connection, int count) throws SQLException {
        requireUsable(url, connection);
        MigrationTable.lock(connection);
        Optional<String> table = MigrationTable.anyTable(connection);
        if (table.isPresent()) {
            throw new MigrationException("the database " + url.address() + " is not empty: it has the table "
                    + table.get() + "; choose an empty database or data folder");
        }
        for (Migration migration : migrations.subList(0, count)) {
            apply(connection, migration);
        }
    }

    /** Returns the last version, 0 for an empty database, after comparing the checksums with the files. */
    private int currentVersion(String holder, List<AppliedMigration> applied) {
        Map<Integer, String> checksums = new HashMap<>();
        applied.forEach(each -> checksums.put(each.version(), each.checksum()));
        int version = checksums.keySet().stream().reduce(0, Math::max);
        if (version > migrations.size()) {
            throw new MigrationException("%s has version %s, but this application knows %s: start a newer version"
                    .formatted(holder, version, migrations.size()));
        }
        for (Migration migration : migrations.subList(0, version)) {
            String checksum = checksums.get(migration.version());
            if (checksum == null) {
                throw new MigrationException("%s has version %s, but %s was never applied: restore a backup"
                        .formatted(holder, version, migration.file()));
            }
            if (!migration.hasChecksum(checksum)) {
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
            logWarnings(statement, migration);
            row.setInt(1, migration.version());
            row.setString(2, migration.file());
            row.setString(3, migration.checksum());
            row.executeUpdate();
        } catch (SQLException e) {
            throw new MigrationException(
                    migration.file() + lineOf(e, migration) + " failed and was rolled back: "
                            + DatabaseUnavailableException.reason(e),
                    e);
        }
    }

    /** Logs what a migration reports about data that it had to change. */
    private static void logWarnings(Statement statement, Migration migration) throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            LOG.atWarn()
                    .addKeyValue("migration", migration.file())
                    .addKeyValue("warning", warning.getMessage())
                    .log("migration changed data");
        }
    }

    private static String lineOf(SQLException failure, Migration migration) {
        ServerErrorMessage error = failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
        return error == null || error.getPosition() == 0 ? "" : ", line " + migration.line(error.getPosition());
    }

    /** Returns the number of pending migrations. At most two statements. */
    int pending(Connection connection) throws SQLException {
        if (!MigrationTable.exists(connection)) {
            return migrations.size();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_migration")) {
            row.next();
            return Math.max(0, migrations.size() - row.getInt(1));
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
