package dealbrain.testing;

import dealbrain.database.DatabaseUrl;
import dealbrain.database.EmbeddedPostgres;
import dealbrain.database.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL of a test run: {@code TEST_DATABASE_URL} (of a user who may create databases), else one in
 * Docker when an engine answers, else the embedded one.
 */
final class PostgresServer implements AutoCloseable {
    private static final String IMAGE = "postgres:18";
    private static final String PREFIX = "dealbrain_test_";
    private static final int MOST_RUNS = 16; // at the same time, in the same folder

    private final DatabaseUrl url;
    private final Runnable stop;
    private final String prefix =
            PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + "_";
    private final AtomicInteger created = new AtomicInteger();
    private final DatabaseUrl template;

    private PostgresServer(DatabaseUrl url, Runnable stop) {
        this.url = url;
        this.stop = stop;
        this.template = create("template", "template0");
        Migrations.bundled().migrate(template);
    }

    static PostgresServer start() {
        String given = System.getenv("TEST_DATABASE_URL");
        if (given != null && !given.isBlank()) {
            return new PostgresServer(DatabaseUrl.parse(given), () -> {});
        }
        PostgreSQLContainer container = Docker.start(
                IMAGE,
                () -> new PostgreSQLContainer(IMAGE)
                        .withEnv(
                                "POSTGRES_INITDB_ARGS",
                                "--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8")
                        .withCommand(
                                "postgres",
                                "-c",
                                "fsync=off",
                                "-c",
                                "synchronous_commit=off",
                                "-c",
                                "full_page_writes=off"));
        return container != null ? contained(container) : embedded();
    }

    private static PostgresServer contained(PostgreSQLContainer container) {
        DatabaseUrl url = new DatabaseUrl(container.getJdbcUrl(), container.getUsername(), container.getPassword());
        return new PostgresServer(url, container::close);
    }

    /** In the first folder that no other run is using. A server that a killed run left there is replaced. */
    private static PostgresServer embedded() {
        try {
            Files.createDirectories(TestDatabase.binaries());
            for (int i = 0; i < MOST_RUNS; i++) {
                Path folder = TestDatabase.binaries().resolve("server-" + i);
                FileChannel lock = FileChannel.open(
                        TestDatabase.binaries().resolve("server-" + i + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                if (lock.tryLock() != null) {
                    return embedded(folder, lock);
                }
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(MOST_RUNS + " test runs are using " + TestDatabase.binaries());
    }

    private static PostgresServer embedded(Path folder, FileChannel lock) {
        EmbeddedPostgres postgres = new EmbeddedPostgres(folder, TestDatabase.binaries(), false);
        Thread hook = new Thread(postgres::close); // for Ctrl-C
        Runtime.getRuntime().addShutdownHook(hook);
        DatabaseUrl url = postgres.start();
        dropLeftovers(url);
        return new PostgresServer(url, () -> {
            postgres.close();
            Runtime.getRuntime().removeShutdownHook(hook);
            try (lock) {
                delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void dropLeftovers(DatabaseUrl url) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet row =
                    statement.executeQuery("SELECT datname FROM pg_database WHERE datname LIKE '" + PREFIX + "%'")) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
            for (String name : names) {
                statement.execute("DROP DATABASE " + name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new database, a copy of the migrated one or empty. */
    DatabaseUrl create(boolean migrated) {
        return create(String.valueOf(created.incrementAndGet()), migrated ? template.name() : "template0");
    }

    private DatabaseUrl create(String name, String from) {
        execute("CREATE DATABASE " + prefix + name + " TEMPLATE " + from);
        return url.withName(prefix + name);
    }

    void drop(DatabaseUrl database) {
        execute("DROP DATABASE " + database.name() + " WITH (FORCE)");
    }

    private void execute(String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed on " + url, e);
        }
    }

    private static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    @Override
    public void close() {
        drop(template);
        stop.run();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
