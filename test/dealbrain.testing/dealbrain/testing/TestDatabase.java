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
 * Creates a database for a test class, with all migrations applied, on a real PostgreSQL server that all classes of a
 * test run share. {@code @Nested} classes use the database of their enclosing class. It is dropped after the class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase database = new TestDatabase();
 * }</pre>
 */
public final class TestDatabase implements BeforeAllCallback {
    /** The size of the connection pool of {@link #jdbi()}. */
    public static final int POOL_SIZE = 5;

    private static final Namespace STORE = Namespace.create(TestDatabase.class);

    private final boolean migrated;
    private final String locale;
    private @Nullable ClassDatabase current;

    public TestDatabase() {
        this(true, "");
    }

    private TestDatabase(boolean migrated, String locale) {
        this.migrated = migrated;
        this.locale = locale;
    }

    /** Returns an extension that creates an empty database, without migrations. */
    public static TestDatabase empty() {
        return new TestDatabase(false, "");
    }

    /**
     * Returns an extension that creates a database with other options of CREATE DATABASE, with all migrations applied.
     */
    public static TestDatabase withLocale(String options) {
        return new TestDatabase(true, options);
    }

    /** Returns an extension that creates an empty database with other options of CREATE DATABASE. */
    public static TestDatabase emptyWithLocale(String options) {
        return new TestDatabase(false, options);
    }

    /** Returns the folder with the unpacked binaries of PostgreSQL, which all tests share. */
    public static Path binaries() {
        return Path.of("build", "postgres").toAbsolutePath();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Store store = context.getStore(STORE); // inherits the values of the enclosing class
        ClassDatabase created = store.get(this, ClassDatabase.class);
        if (created == null) {
            PostgresServer server = context.getRoot()
                    .getStore(STORE)
                    .computeIfAbsent(PostgresServer.class, _ -> PostgresServer.start(), PostgresServer.class);
            created = new ClassDatabase(server, server.create(migrated, locale));
            store.put(this, created); // which closes it after the class
        }
        current = created;
    }

    /** Returns the connection URL, for a test of the whole application. */
    public DatabaseUrl url() {
        return current().url;
    }

    /** Returns the connection pool of the class, which the first call opens. */
    public Database database() {
        return current().database();
    }

    public Jdbi jdbi() {
        return database().jdbi();
    }

    /**
     * Closes the pool. The next call of {@link #database()} opens another one, with a Jdbi that is not configured yet.
     */
    public void closePool() {
        current().closePool();
    }

    private ClassDatabase current() {
        return Objects.requireNonNull(current, "TestDatabase needs @RegisterExtension on a static field");
    }

    private static final class ClassDatabase implements AutoCloseable {
        private final PostgresServer server;
        private final DatabaseUrl url;
        private @Nullable Database database;

        ClassDatabase(PostgresServer server, DatabaseUrl url) {
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
