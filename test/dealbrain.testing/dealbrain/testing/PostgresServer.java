package dealbrain.testing;

import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import dealbrain.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL server of a test run: the one at {@code TEST_DATABASE_URL} (whose user may create databases),
 * otherwise a Docker container if a Docker engine is available, otherwise the embedded server.
 */
final class PostgresServer implements AutoCloseable {
    private static final String IMAGE = "postgres:18";
    private static final String PREFIX = "dealbrain_test_";
    private static final String INITDB_ARGS =
            "--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8";
    private static final String COMMAND =
            "postgres -c fsync=off -c synchronous_commit=off -c full_page_writes=off"; // faster; tests lose no data

    private final DatabaseUrl url;
    private final Runnable stop;
    private final String prefix = // different in each run, because runs may share a server
            PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + "_";
    private final AtomicInteger created = new AtomicInteger();
    private final DatabaseUrl template;

    private PostgresServer(DatabaseUrl url, Runnable stop) {
        this.url = url;
        this.stop = stop;
        this.template = create("template", "template0", "");
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
                        .withEnv("POSTGRES_INITDB_ARGS", INITDB_ARGS)
                        .withCommand(COMMAND));
        return container != null ? inContainer(container) : embedded();
    }

    private static PostgresServer inContainer(PostgreSQLContainer container) {
        DatabaseUrl url = new DatabaseUrl(container.getJdbcUrl(), container.getUsername(), container.getPassword());
        return new PostgresServer(url, container::close);
    }

    private static PostgresServer embedded() {
        try {
            return embedded(LockedFolder.acquire(TestDatabase.binaries(), "server"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresServer embedded(LockedFolder folder) {
        EmbeddedPostgres postgres = new EmbeddedPostgres(folder.path(), TestDatabase.binaries(), false);
        Thread hook = new Thread(postgres::close); // for Ctrl-C
        Runtime.getRuntime().addShutdownHook(hook);
        DatabaseUrl url = DatabaseUrl.parse(postgres.start());
        dropLeftovers(url);
        return new PostgresServer(url, () -> {
            postgres.close();
            Runtime.getRuntime().removeShutdownHook(hook);
            try (folder) {
                LockedFolder.delete(folder.path());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Drops the databases of a run that was killed. */
    private static void dropLeftovers(DatabaseUrl url) {
        SqlClient.column(url, "SELECT datname FROM pg_database WHERE datname LIKE '" + PREFIX + "%'")
                .forEach(name -> SqlClient.execute(url, "DROP DATABASE " + name));
    }

    /**
     * Creates a database with all migrations applied, or an empty one.
     *
     * @param locale options of CREATE DATABASE; empty for the locale of the server
     */
    DatabaseUrl create(boolean migrated, String locale) {
        String name = String.valueOf(created.incrementAndGet());
        if (locale.isEmpty()) {
            return create(name, migrated ? template.name() : "template0", "");
        }
        DatabaseUrl database = create(name, "template0", locale);
        if (migrated) {
            Migrations.bundled().migrate(database);
        }
        return database;
    }

    private DatabaseUrl create(String name, String from, String locale) {
        SqlClient.execute(url, "CREATE DATABASE " + prefix + name + " TEMPLATE " + from + " " + locale);
        return url.withName(prefix + name);
    }

    void drop(DatabaseUrl database) {
        SqlClient.execute(url, "DROP DATABASE " + database.name() + " WITH (FORCE)");
    }

    @Override
    public void close() {
        drop(template);
        stop.run();
    }
}
