package dealbrain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.User;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.json.Json;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserExportTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private User ada;

    @BeforeEach
    void createUser() {
        StatementCounter.listenTo(database.jdbi());
        ada = new Fixtures(database.jdbi()).user("ada");
    }

    private JsonNode export() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeTo(out);
        return Json.parse(out.toByteArray());
    }

    private void writeTo(OutputStream out) {
        try {
            new UserExport(database.jdbi(), ada.id()).writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void failsBeforeTheResponseBegins() {
        Thread.currentThread().interrupt(); // like a server that stops while all slots are taken
        try {
            ProblemException problem =
                    assertThrows(ProblemException.class, () -> new UserExport(database.jdbi(), ada.id()));
            assertEquals(ProblemType.UNAVAILABLE, problem.type());
        } finally {
            boolean _ = Thread.interrupted();
        }
    }

    private void insertListings(int number) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO listing (owner_id, title) SELECT ?, 'PC ' || n FROM generate_series(1, ?) n",
                        ada.id(),
                        number));
    }

    /** One for the isolation level, and one for each section. */
    @Test
    void executesTheSameStatementsForAnyNumberOfRows() {
        int expected = 1 + UserExportSection.values().length;
        assertEquals(expected, StatementCounter.countWithRepetition(() -> export()));

        insertListings(250);

        assertEquals(
                expected,
                StatementCounter.countWithRepetition(
                        () -> assertEquals(250, export().path("listings").size())));
    }

    @Test
    void hasTheStateOfOneMoment() {
        insertListings(1);
        SqlLogger counter = database.jdbi().getConfig(SqlStatements.class).getSqlLogger();
        database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                if (String.valueOf(context.getRenderedSql()).contains("FROM access_token")) {
                    insertInAnotherTransaction();
                }
            }
        });
        try {
            assertEquals(1, export().path("listings").size());
        } finally {
            database.jdbi().setSqlLogger(counter);
        }
        assertEquals(2, export().path("listings").size());
    }

    private void insertInAnotherTransaction() {
        try {
            Thread.ofVirtual().start(() -> insertListings(1)).join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isUtf8() {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO listing (owner_id, title) VALUES (?, ?)", ada.id(), "Büro-PC 😀\u0001"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeTo(out);

        assertEquals(
                "Büro-PC 😀\u0001",
                Json.parse(out.toString(StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                        .at("/listings/0/title")
                        .asText());
    }
}
