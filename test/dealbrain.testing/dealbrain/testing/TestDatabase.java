package dealbrain.testing;

import dealbrain.database.Database;
import dealbrain.database.DatabaseUrl;
import java.nio.file.Path;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * A fresh database for a test class, with every migration applied, on a real PostgreSQL that all classes of a run
 * share; {@code @Nested} classes use the one of the class around them. It is dropped after the class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase database = new TestDatabase();
 * }</pre>
 */
public final class TestDatabase implements BeforeAllCallback {
    /** How many connections {@link #jdbi()} has. */
    public static final int POOL_SIZE = 5;

    private static final Namespace STORE = Namespace.create(TestDatabase.class);

    private final boolean migrated;
    private @Nullable Fresh fresh;

    public TestDatabase() {
        this(true);
    }

    private TestDatabase(boolean migrated) {
        this.migrated = migrated;
    }

    /** A database with nothing in it. */
    public static TestDatabase empty() {
        return new TestDatabase(false);
    }

    /** Where the embedded PostgreSQL is unpacked once for all tests, in the working folder. */
    public static Path binaries() {
        return Path.of("build", "postgres").toAbsolutePath();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Store store = context.getStore(STORE); // sees what the classes around this one have stored
        Fresh made = store.get(this, Fresh.class);
        if (made == null) {
            PostgresServer server = context.getRoot()
                    .getStore(STORE)
                    .computeIfAbsent(PostgresServer.class, _ -> PostgresServer.start(), PostgresServer.class);
            made = new Fresh(server, server.create(migrated));
            store.put(this, made); // closed with the class
        }
        fresh = made;
    }

    /** For a test of the whole program. */
    public DatabaseUrl url() {
        return fresh().url;
    }

    /** Opened at the first call, with 5 connections. */
    public Database database() {
        return fresh().database();
    }

    public Jdbi jdbi() {
        return database().jdbi();
    }

    /** Closes the pool; the next call of {@link #database()} opens another one, with a Jdbi that is not configured yet. */
    public void closePool() {
        fresh().closePool();
    }

    private Fresh fresh() {
        return Objects.requireNonNull(fresh, "TestDatabase needs @RegisterExtension on a static field");
    }

    private static final class Fresh implements AutoCloseable {
        private final PostgresServer server;
        private final DatabaseUrl url;
        private @Nullable Database database;

        Fresh(PostgresServer server, DatabaseUrl url) {
            this.server = server;
            this.url = url;
        }

        synchronized Database database() {
            if (database == null) {
                database = Database.open(url, POOL_SIZE);
            }
            return database;
        }

        synchronized void closePool() {
            if (database != null) {
                database.close();
                database = null;
            }
        }

        @Override
        public void close() {
            closePool();
            server.drop(url);
        }
    }
}
