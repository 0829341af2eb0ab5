package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    private static final Migration ACCOUNTS = Migration.of("0001-accounts.sql", "CREATE TABLE account (id int)");
    private static final Migration LISTINGS = Migration.of("0002-listings.sql", """
            CREATE TABLE listing (id int);
            INSERT INTO listing VALUES (7);
            """);
    private static final Migration BROKEN = Migration.of("0002-broken.sql", """
            -- prices in ¢ and €
            CREATE TABLE price (id int);
            INSERT INTO price
            SELECT nothing
              FROM price;
            """);

    @BeforeEach
    void empty() {
        database.jdbi().useHandle(handle -> handle.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
    }

    private static int migrate(Migration... migrations) {
        return new Migrations(List.of(migrations)).migrate(database.url());
    }

    /** A start on an existing database neither waits for other instances nor writes. */
    @Test
    void needsNoLockIfNoneIsPending() {
        migrate(ACCOUNTS);
        database.jdbi().useTransaction(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(?)", MigrationTable.LOCK);
            handle.execute("LOCK TABLE schema_migration IN EXCLUSIVE MODE"); // allows readers only
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertEquals(0, migrate(ACCOUNTS)));
        });
    }

    /** A backup holds this lock for minutes. Tables that a migration has locked meanwhile could not be read. */
    @Test
    void waitsForABackupBeforeItLocksOtherTables() throws Exception {
        migrate(ACCOUNTS);
        Migration change = Migration.of("0002-more.sql", "ALTER TABLE account ADD COLUMN name text");
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Integer> migration = database.jdbi().inTransaction(handle -> {
                handle.execute("LOCK TABLE schema_migration IN SHARE MODE");
                Future<Integer> started = thread.submit(() -> migrate(ACCOUNTS, change));
                Await.until(
                        "the migration waits",
                        () -> strings("SELECT relation::regclass::text FROM pg_locks WHERE NOT granted")
                                .equals(List.of("schema_migration")));
                assertEquals(List.of(), strings("SELECT pid::text FROM pg_locks WHERE relation = 'account'::regclass"));
                return started;
            });
            assertEquals(1, migration.get());
        }
    }

    private static String refused(Migration... migrations) {
        return assertThrows(MigrationException.class, () -> migrate(migrations)).getMessage();
    }

    private static List<String> tables() {
        return strings("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
    }

    private static List<String> strings(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    @Nested
    class Migrate {
        @Test
        void appliesInTheOrderOfTheVersions() {
            assertEquals(2, migrate(LISTINGS, ACCOUNTS));
            assertEquals(List.of("account", "listing", "schema_migration"), tables());
            assertEquals(
                    List.of("0001-accounts.sql", "0002-listings.sql"),
                    strings("SELECT name FROM schema_migration ORDER BY applied_at, version"));
        }

        @Test
        void appliesEachOnce() {
            assertEquals(1, migrate(ACCOUNTS));
            assertEquals(1, migrate(ACCOUNTS, LISTINGS));
            assertEquals(0, migrate(ACCOUNTS, LISTINGS));
            assertEquals(List.of("7"), strings("SELECT id::text FROM listing"));
        }

        @Test
        void startsSeveralInstancesAtOnce() throws Exception {
            int instances = 4;
            CyclicBarrier together = new CyclicBarrier(instances);
            Callable<Integer> instance = () -> {
                together.await();
                return migrate(ACCOUNTS, LISTINGS);
            };
            int applied = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(instances)) {
                List<Callable<Integer>> all = new ArrayList<>();
                for (int i = 0; i < instances; i++) {
                    all.add(instance);
                }
                for (Future<Integer> each : threads.invokeAll(all)) {
                    applied += each.get();
                }
            }
            assertEquals(2, applied);
            assertEquals(List.of("7"), strings("SELECT id::text FROM listing"));
        }

        @Test
        void leavesFunctionBodiesAndQuestionMarksUnchanged() {
            migrate(Migration.of("0001-function.sql", """
                    CREATE FUNCTION answer() RETURNS int LANGUAGE plpgsql AS $$
                    BEGIN
                        PERFORM '{"a": 1}'::jsonb ? 'a'; -- :named and ? are not parameters
                        RETURN 42;
                    END $$;
                    """));
            assertEquals(List.of("42"), strings("SELECT answer()::text"));
        }

        @Test
        void setsNoStatementTimeout() {
            migrate(Migration.of(
                    "0001-limit.sql", "CREATE TABLE shown AS SELECT current_setting('statement_timeout') AS value"));
            assertEquals(List.of("0"), strings("SELECT value FROM shown"));
        }

        @Test
        void doesNothingWithoutMigrations() {
            assertEquals(0, migrate());
        }
    }

    @Nested
    class Fail {
        @Test
        void namesFileAndLineAndRollsBack() {
            migrate(ACCOUNTS);
            assertEquals(
                    "0002-broken.sql, line 4 failed and was rolled back: column \"nothing\" does not exist",
                    refused(ACCOUNTS, BROKEN));
            assertEquals(List.of("account", "schema_migration"), tables());
            assertEquals(1, migrate(ACCOUNTS, LISTINGS));
        }

        @Test
        void keepsEarlierMigrations() {
            refused(ACCOUNTS, BROKEN);
            assertEquals(List.of("account", "schema_migration"), tables());
        }

        @Test
        void namesTheFileWhenTheErrorHasNoPosition() {
            assertTrue(refused(Migration.of(
                            "0001-twice.sql",
                            "CREATE TABLE once (id int PRIMARY KEY); INSERT INTO once VALUES (1), (1)"))
                    .startsWith("0001-twice.sql failed and was rolled back: duplicate key"));
        }
    }

    @Nested
    class Refuse {
        @Test
        void aChangedFile() {
            migrate(ACCOUNTS, LISTINGS);
            assertEquals(
                    "0001-accounts.sql was changed after it was applied: restore it and add a new migration",
                    refused(Migration.of(ACCOUNTS.file(), ACCOUNTS.sql() + " "), LISTINGS));
        }

        @Test
        void aNewerDatabase() {
            migrate(ACCOUNTS, LISTINGS);
            assertEquals(
                    "the database has version 2, but this application knows 1: start a newer version",
                    refused(ACCOUNTS));
        }

        @Test
        void aDatabaseWithAGap() {
            migrate(ACCOUNTS, LISTINGS);
            database.jdbi().useHandle(handle -> handle.execute("DELETE FROM schema_migration WHERE version = 1"));
            assertEquals(
                    "the database has version 2, but 0001-accounts.sql was never applied: restore a backup",
                    refused(ACCOUNTS, LISTINGS));
        }

        @Test
        void aMissingVersion() {
            assertEquals("migration 0001 is missing: the next one is 0002-listings.sql", refused(LISTINGS));
        }

        @Test
        void aDuplicateVersion() {
            assertEquals(
                    "two migrations have the version 2: 0002-listings.sql and 0002-broken.sql; rename one of them",
                    refused(ACCOUNTS, LISTINGS, BROKEN));
        }

        @Test
        void aNameWithoutVersion() {
            assertEquals(
                    "the name of a migration must look like 0001-accounts.sql, was accounts.sql",
                    assertThrows(MigrationException.class, () -> Migration.of("accounts.sql", ""))
                            .getMessage());
        }
    }

    @Nested
    class Current {
        @Test
        void whenAllAreApplied() {
            migrate(ACCOUNTS);
            assertTrue(new Migrations(List.of(ACCOUNTS)).isCurrent(database.jdbi()));
            assertFalse(new Migrations(List.of(ACCOUNTS, LISTINGS)).isCurrent(database.jdbi()));
        }

        @Test
        void whenTheDatabaseIsNewer() {
            migrate(ACCOUNTS, LISTINGS);
            assertTrue(new Migrations(List.of(ACCOUNTS)).isCurrent(database.jdbi()));
        }
    }

    @Test
    void ignoresLineEndsInChecksums() {
        assertEquals(
                Migration.of("0001-a.sql", "SELECT 1;\nSELECT 2;").checksum(),
                Migration.of("0001-a.sql", "SELECT 1;\r\nSELECT 2;").checksum());
    }

    @Test
    void readsTheBundledMigrations() {
        Migrations bundled = Migrations.bundled();
        bundled.migrate(database.url());
        assertTrue(bundled.isCurrent(database.jdbi()));
    }
}
