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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to date: each migration in order, once, in one transaction with its row in
 * {@code schema_migration}. Servers that start together wait for each other, and all of them start.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String FOLDER = "dealbrain/database/migrations/";
    private static final long LOCK = 0x6465_616c_6272_6e6dL; // "dealbrnm": any number that nobody else locks

    private final List<Migration> migrations;

    /**
     * Takes the migrations in the order of their versions.
     *
     * @throws MigrationException the versions are not 1, 2, 3 and so on, each once
     */
    public Migrations(List<Migration> migrations) {
        this.migrations = migrations.stream()
                .sorted(Comparator.comparingInt(Migration::version))
                .toList();
        for (int i = 0; i < this.migrations.size(); i++) {
            Migration each = this.migrations.get(i);
            if (i > 0 && each.version() == this.migrations.get(i - 1).version()) {
                throw new MigrationException(
                        "two migrations have the number %d: %s and %s; give one of them another number"
                                .formatted(
                                        each.version(),
                                        this.migrations.get(i - 1).file(),
                                        each.file()));
            }
            if (each.version() != i + 1) {
                throw new MigrationException(
                        "migration %04d is missing: the next one there is %s".formatted(i + 1, each.file()));
            }
        }
    }

    /** The migrations that were built into this module. */
    public static Migrations ofProgram() {
        ModuleReference module = Migrations.class
                .getModule()
                .getLayer()
                .configuration()
                .findModule(Migrations.class.getModule().getName())
                .orElseThrow()
                .reference();
        List<Migration> migrations = new ArrayList<>();
        try (ModuleReader reader = module.open()) {
            for (String name : reader.list()
                    .filter(each -> each.startsWith(FOLDER) && each.endsWith(".sql"))
                    .toList()) {
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
     * Applies what is not applied yet, on a connection of its own where statements may take as long as they need.
     *
     * @return how many were applied
     * @throws MigrationException           the database does not fit these migrations, or one of them failed
     * @throws DatabaseUnavailableException the server cannot be reached or refuses us
     */
    public int migrate(DatabaseUrl url) {
        Properties properties = ConnectionSettings.properties(url);
        properties.remove("options");
        properties.setProperty("socketTimeout", "0");
        properties.setProperty("preferQueryMode", "simple"); // the file goes as one text: errors know their place in it
        try (Connection connection = ConnectionSettings.connect(url, properties)) {
            return migrate(connection);
        } catch (SQLException e) {
            throw new MigrationException(
                    "the database " + url.address() + " could not be migrated: "
                            + DatabaseUnavailableException.firstLine(e.getMessage()),
                    e);
        }
    }

    /** Each in a transaction with the lock, which is the transaction's own: a session may be shared with others, as through pgBouncer. */
    private int migrate(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        int count = 0;
        for (Optional<Migration> applied = applyNext(connection);
                applied.isPresent();
                applied = applyNext(connection)) {
            LOG.atInfo().addKeyValue("migration", applied.get().file()).log("migrated");
            count++;
        }
        return count;
    }

    /** Applies the first one that is missing; empty when none is. */
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
            int done = checked(applied(connection));
            Optional<Migration> next = migrations.stream().skip(done).findFirst();
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

    private static Map<Integer, Migration> applied(Connection connection) throws SQLException {
        Map<Integer, Migration> applied = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version, name, checksum FROM schema_migration")) {
            while (row.next()) {
                applied.put(row.getInt(1), new Migration(row.getInt(1), row.getString(2), row.getString(3)));
            }
        }
        return applied;
    }

    /** Compares the rows, which hold the checksum in place of the text, with the files; says how many fit. */
    private int checked(Map<Integer, Migration> applied) {
        int newest = applied.keySet().stream().reduce(0, Math::max);
        if (newest > migrations.size()) {
            throw new MigrationException(
                    "the database is at migration %d and this program knows %d: start a newer program"
                            .formatted(newest, migrations.size()));
        }
        for (Migration file : migrations.subList(0, newest)) {
            Migration row = applied.get(file.version());
            if (row == null) {
                throw new MigrationException(
                        "the database is at migration %d but %s was never applied: restore a backup"
                                .formatted(newest, file.file()));
            }
            if (!row.sql().equals(file.checksum())) {
                throw new MigrationException(
                        "%s was changed after it was applied: put it back as it was and add a new migration"
                                .formatted(file.file()));
            }
        }
        return newest;
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
                    migration.file() + place(migration, e) + " failed and nothing of it was kept: "
                            + DatabaseUnavailableException.firstLine(e.getMessage()),
                    e);
        }
    }

    private static String place(Migration migration, SQLException failed) {
        ServerErrorMessage said = failed instanceof PSQLException known ? known.getServerErrorMessage() : null;
        return said == null || said.getPosition() == 0 ? "" : ", line " + migration.line(said.getPosition());
    }

    /** How many are not applied. At most two statements. */
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

    /** Whether every one of these is applied to a migrated database; a newer one is current too. One statement. */
    public boolean isCurrent(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT coalesce(max(version), 0) FROM schema_migration")
                        .mapTo(int.class)
                        .one())
                >= migrations.size();
    }
}
