package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    public interface Sums {
        @SqlQuery("SELECT sum(id) FROM unnest(:ids) AS id WHERE id < 3 AND id <> 0")
        long below3(List<Long> ids);
    }

    private static String setting(String name) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT current_setting(:name)")
                        .bind("name", name)
                        .mapTo(String.class)
                        .one());
    }

    @Nested
    class Open {
        @Test
        void configuresSessionsForPreparedStatements() {
            Map<String, String> expected = Map.of(
                    "plan_cache_mode",
                    "force_generic_plan",
                    "jit",
                    "off",
                    "statement_timeout",
                    "30s",
                    "idle_in_transaction_session_timeout",
                    "1min",
                    "application_name",
                    "dealbrain",
                    "TimeZone",
                    "UTC");
            expected.forEach((name, value) -> assertEquals(value, setting(name), name));
        }

        @Test
        void preparesAStatementOnItsFirstUse() {
            database.jdbi().useHandle(handle -> {
                for (int i = 0; i < 2; i++) {
                    handle.createQuery("SELECT :number + 1")
                            .bind("number", i)
                            .mapTo(int.class)
                            .one();
                }
                String plans = "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%+ 1'";
                assertEquals(2, handle.createQuery(plans).mapTo(int.class).one());
            });
        }

        @Test
        void prefersTheParametersOfTheUrl() {
            DatabaseUrl url = database.url();
            try (Database other = Database.open(
                    new DatabaseUrl(
                            url.jdbcUrl().replaceFirst("\\?.*", "") + "?ApplicationName=other",
                            url.user(),
                            url.password()),
                    1)) {
                assertEquals(
                        "other",
                        other.jdbi()
                                .withHandle(handle -> handle.createQuery("SELECT current_setting('application_name')")
                                        .mapTo(String.class)
                                        .one()));
            }
        }

        @Test
        void limitsTheSingleConnectionOfAThreadByItsTimeout() {
            try (Database single = Database.openSingle(database.url(), "changes", Duration.ofMillis(1500))) {
                List<String> settings = single.jdbi()
                        .withHandle(handle -> handle.createQuery("SELECT unnest(ARRAY["
                                        + "current_setting('application_name'), current_setting('statement_timeout'), "
                                        + "current_setting('lock_timeout'), current_setting('TimeZone')])")
                                .mapTo(String.class)
                                .list());
                assertEquals(List.of("dealbrain changes", "1500ms", "1500ms", "UTC"), settings);
                assertEquals(1, single.pool().max());
            }
        }

        @Test
        void namesTheAddressThatRefusesConnections() throws IOException {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            assertEquals(
                    "the database at 127.0.0.1:" + port + "/deals cannot be used by ada: Connection to 127.0.0.1:"
                            + port + " refused; check that PostgreSQL runs there and that the database URL is right",
                    refused(DatabaseUrl.parse("postgresql://ada:secret@127.0.0.1:" + port + "/deals")));
        }

        @Test
        void namesAMissingDatabase() {
            String message = refused(database.url().withName("nowhere"));
            assertTrue(
                    message.endsWith(
                            "database \"nowhere\" does not exist; create the database, or correct its name in the"
                                    + " database URL"),
                    message);
        }

        @Test
        void reportsAWrongPassword() {
            String message = refused(
                    new DatabaseUrl(database.url().jdbcUrl(), database.url().user(), "wrong"));
            assertTrue(
                    message.endsWith("password authentication failed for user \""
                            + database.url().user() + "\"; check user and password in the database URL"),
                    message);
        }

        private static String refused(DatabaseUrl url) {
            return assertThrows(DatabaseUnavailableException.class, () -> Database.open(url, 1))
                    .getMessage();
        }
    }

    @Nested
    class Types {
        public record Row(@Nullable Instant at, String doc) {}

        @Test
        void keepsAnInstantInAnyTimeZone() {
            TimeZone before = TimeZone.getDefault();
            Instant instant = Instant.parse("2026-03-29T01:30:00.123456Z"); // does not exist in Berlin
            try {
                for (String zone : List.of("UTC", "Europe/Berlin", "America/St_Johns")) {
                    TimeZone.setDefault(TimeZone.getTimeZone(zone));
                    database.jdbi().useHandle(handle -> {
                        assertEquals(
                                instant,
                                handle.createQuery("SELECT CAST(:at AS timestamptz)")
                                        .bind("at", instant)
                                        .mapTo(Instant.class)
                                        .one());
                        assertEquals(
                                "2026-03-29 01:30:00.123456+00",
                                handle.createQuery("SELECT CAST(CAST(:at AS timestamptz) AS text)")
                                        .bind("at", instant)
                                        .mapTo(String.class)
                                        .one());
                    });
                }
            } finally {
                TimeZone.setDefault(before);
            }
        }

        @Test
        void bindsAndReadsANullInstant() {
            database.jdbi()
                    .useHandle(handle -> assertNull(handle.createQuery("SELECT CAST(:at AS timestamptz)")
                            .bindByType("at", null, Instant.class)
                            .mapTo(Instant.class)
                            .one()));
        }

        @Test
        void readsJsonAsText() {
            assertEquals(
                    "{\"a\": 1}",
                    database.jdbi()
                            .withHandle(handle -> handle.createQuery("SELECT CAST(:json AS jsonb)")
                                    .bind("json", "{\"a\":1}")
                                    .mapTo(String.class)
                                    .one()));
        }

        @Test
        void readsRecordsWithTheMapperOfJdbi() {
            assertEquals(
                    new Row(Instant.EPOCH, "[]"),
                    database.jdbi()
                            .withHandle(handle -> handle.createQuery(
                                            "SELECT '[]'::jsonb AS doc, '1970-01-01Z'::timestamptz AS at")
                                    .map(ConstructorMapper.of(Row.class))
                                    .one()));
        }

        @Test
        void bindsManyIdsAsOneArray() {
            assertEquals(3, database.jdbi().onDemand(Sums.class).below3(List.of(1L, 2L, 3L, 4L)));
        }
    }

    @Nested
    class Reachable {
        @Test
        void whileTheServerResponds() {
            assertTrue(database.database().isReachable());
        }

        @Test
        void notWhenNoConnectionIsFree() {
            try (Database small = Database.open(database.url(), 1);
                    Handle _ = small.jdbi().open()) {
                assertFalse(small.isReachable());
            }
        }

        @Test
        void notWhenClosed() {
            Database closed = Database.open(database.url(), 1);
            closed.close();
            closed.close();
            assertFalse(closed.isReachable());
        }
    }

    @Nested
    class Unavailable {
        private static Throwable thrownBy(String statement) {
            return assertThrows(
                    JdbiException.class, () -> database.jdbi().useHandle(handle -> handle.execute(statement)));
        }

        @Test
        void whenNoConnectionIsFreeInTime() {
            try (Database small = Database.open(database.url(), 1);
                    Handle _ = small.jdbi().open()) {
                Throwable thrown = assertThrows(
                        ConnectionException.class, () -> small.jdbi().open().close());
                assertTrue(DatabaseUnavailableException.isCauseOf(thrown));
            }
        }

        @Test
        void whenThePoolIsClosed() {
            Database closed = Database.open(database.url(), 1);
            closed.close();
            Throwable thrown = assertThrows(
                    ConnectionException.class, () -> closed.jdbi().open().close());
            assertTrue(DatabaseUnavailableException.isCauseOf(thrown));
            assertEquals("the pool is closed", thrown.getCause().getMessage());
        }

        @Test
        void whenTheServerEndsTheConnection() {
            assertTrue(
                    DatabaseUnavailableException.isCauseOf(thrownBy("SELECT pg_terminate_backend(pg_backend_pid())")));
        }

        @Test
        void whenAStatementTimesOut() {
            Throwable thrown = assertThrows(
                    JdbiException.class,
                    () -> database.jdbi()
                            .useTransaction(
                                    handle -> handle.execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(10)")));
            assertTrue(DatabaseUnavailableException.isCauseOf(thrown));
        }

        @Test
        void whenTheServerIsReadOnly() {
            Throwable thrown = assertThrows(
                    JdbiException.class,
                    () -> database.jdbi()
                            .useTransaction(handle ->
                                    handle.execute("SET TRANSACTION READ ONLY; CREATE TABLE never (id int)")));
            assertTrue(DatabaseUnavailableException.isCauseOf(thrown));
        }

        @Test
        void whenTheServerWasNeverReached() {
            assertTrue(DatabaseUnavailableException.isCauseOf(new DatabaseUnavailableException("away")));
        }

        @Test
        void notForInvalidStatementsAndSerializationFailures() {
            assertFalse(DatabaseUnavailableException.isCauseOf(thrownBy("SELECT * FROM nowhere")));
            assertFalse(DatabaseUnavailableException.isCauseOf(new SQLException("serialization failure", "40001")));
            assertFalse(DatabaseUnavailableException.isCauseOf(new SQLException("deadlock", "40P01")));
            assertFalse(DatabaseUnavailableException.isCauseOf(new SQLException("no state")));
            assertFalse(DatabaseUnavailableException.isCauseOf(new IllegalStateException()));
        }
    }
}
