package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * Searches for leaks of private data: writes unique marks into all private fields, then looks for them in everything
 * that other users, the log and the telemetry receive.
 */
@Tag("faults")
class PrivacyTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Order(0)
    @RegisterExtension
    static final OtlpCollector collector = new OtlpCollector();

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(
            database,
            Map.of(
                    "DEALBRAIN_ACCESS_LOG",
                    "on",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.url(),
                    "OTEL_METRIC_EXPORT_INTERVAL",
                    "300",
                    "SLOW_QUERY_THRESHOLD_MS",
                    "1"));

    private static final String PASSWORD = "mark-password-0815";
    private static final String WRONG_PASSWORD = "mark-wrong-password-0815";

    /** Collects log messages with their key-values and exceptions. */
    private static final class Log extends AppenderBase<ILoggingEvent> {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            StringBuilder line =
                    new StringBuilder(event.getFormattedMessage()).append(' ').append(event.getKeyValuePairs());
            for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
                line.append(' ').append(thrown.getMessage());
            }
            lines.add(line.toString());
        }
    }

    private final Log log = new Log();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger dealbrain = (Logger) LoggerFactory.getLogger("dealbrain");
    private final Level level = dealbrain.getLevel();
    /** Each mark, with a description of the private data. */
    private final Map<String, String> marks = new TreeMap<>();

    private final List<String> paths = new ArrayList<>();
    private Callers callers;

    @BeforeEach
    void attachLog() {
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        dealbrain.setLevel(Level.DEBUG);
        callers = new Callers(application, database);
        plant();
    }

    @AfterEach
    void detachLog() {
        root.detachAppender(log);
        dealbrain.setLevel(level);
    }

    /** Returns a new mark for a kind of private data. */
    private String mark(String of) {
        String mark = "mark-" + OneOfEach.unique();
        marks.put(mark, of);
        return mark;
    }

    private void plant() {
        marks.put(PASSWORD, "a password");
        marks.put(WRONG_PASSWORD, "a wrong password");
        Api ada = adaWithEverything();
        for (String visibility : List.of("private", "unlisted", "public")) {
            collection(ada, visibility);
        }
        for (Api caller : callers.byName().values()) {
            if (caller.token() != null) {
                marks.put(caller.token(), "a token");
            }
        }
        marks.put(ada.token(), "Ada's token");
        JsonNode share = created(callers.sender.post(
                "/api/v1/user-shares",
                "{\"recipient_username\": \"recipient-" + callers.run + "\", \"listing_id\": "
                        + listing(ada).path("id") + ", \"message\": \"" + mark("a message from user to user") + "\"}"));
        paths.add("/api/v1/user-shares/" + share.path("share_token").asText());
        created(callers.recipient.post(
                "/api/v1/user-shares/" + share.path("share_token").asText() + "/import", "{}"));
    }

    private Api adaWithEverything() {
        String name = "ada-" + callers.run;
        created(callers.anonymous.post(
                "/api/v1/users",
                "{\"username\": \"" + name + "\", \"password\": \"" + PASSWORD + "\", \"email\": \""
                        + mark("an e-mail address") + "@example.org\"}"));
        Api ada = callers.anonymous.as(created(callers.anonymous.post(
                        "/api/v1/tokens",
                        "{\"username\": \"" + name + "\", \"password\": \"" + PASSWORD + "\", \"name\": \""
                                + mark("the name of a token") + "\"}"))
                .path("token")
                .asText());
        assertEquals(
                401,
                callers.anonymous
                        .post(
                                "/api/v1/tokens",
                                "{\"username\": \"" + name + "\", \"password\": \"" + WRONG_PASSWORD + "\"}")
                        .status());
        created(ada.patch("/api/v1/users/me", "{\"email\": \"" + mark("another e-mail address") + "@example.org\"}"));
        return ada;
    }

    private void collection(Api ada, String visibility) {
        boolean shown = !visibility.equals("private");
        String path = "/api/v1/collections/"
                + created(ada.post(
                                "/api/v1/collections",
                                "{\"name\": \"" + (shown ? "Lab" : mark("the name of a private collection"))
                                        + "\", \"description\": \""
                                        + (shown ? "shown" : mark("the description of a private collection"))
                                        + "\", \"visibility\": \"" + visibility + "\"}"))
                        .path("id");
        JsonNode listing = listing(ada);
        JsonNode item = created(ada.post(
                path + "/items",
                "{\"listing_id\": " + listing.path("id") + ", \"notes\": \"" + mark("notes of an item, " + visibility)
                        + "\"}"));
        created(ada.patch(
                path + "/items/" + item.path("id"),
                "{\"status\": \"rejected\", \"notes\": \"" + mark("changed notes of an item, " + visibility) + "\"}"));
        String id = path.substring(path.lastIndexOf('/') + 1);
        paths.addAll(List.of(
                path,
                path + "?limit=1",
                path + "/items",
                path + "/items?sort=-added_at",
                path + "/items/" + item.path("id"),
                path + "/export?format=csv",
                path + "/export?format=json",
                path + "/share-tokens",
                "/api/v1/collections/public/" + id));
        if (shown) {
            String token = created(ada.post(path + "/share-tokens", "{}"))
                    .path("share_token")
                    .asText();
            paths.addAll(List.of(
                    "/api/v1/collections/shared/" + token,
                    "/c/" + token,
                    "/c/" + token + "/deals/" + listing.path("id")));
            JsonNode copy = created(callers.other.post("/api/v1/collections/shared/" + token + "/copy", "{}"));
            paths.addAll(List.of(
                    "/api/v1/collections/" + copy.path("id"),
                    "/api/v1/collections/" + copy.path("id") + "/export?format=json"));
        }
        JsonNode link = created(ada.post("/api/v1/listings/" + listing.path("id") + "/shares", "{}"));
        String deal =
                "/deals/" + listing.path("id") + "/" + link.path("share_token").asText();
        paths.addAll(List.of(
                deal,
                "/api/v1" + deal,
                "/api/v1/listings/" + listing.path("id"),
                "/api/v1/listings/" + listing.path("id") + "/shares"));
    }

    private JsonNode listing(Api ada) {
        return created(ada.post(
                "/api/v1/listings",
                "{\"title\": \"Tiny\", \"price_usd\": 1, \"notes\": \"" + mark("notes of a listing")
                        + "\", \"attributes\": {\"text\": \"" + mark("attributes of a listing") + "\"}}"));
    }

    private static JsonNode created(Response response) {
        assertTrue(response.status() < 300, response.text());
        return response.json();
    }

    private void assertUnmarked(String where, String text) {
        marks.forEach((mark, of) -> assertFalse(text.contains(mark), of + " in " + where + ": " + text));
    }

    @Test
    void keepsPrivateDataOutOfResponsesToOthers() {
        for (Map.Entry<String, JsonNode> path :
                application.api().get("/openapi.json").json().path("paths").properties()) {
            if (path.getValue().has("get") && !path.getKey().contains("{")) {
                paths.add(path.getKey());
            }
        }
        paths.addAll(List.of(
                "/api/v1/users?q=" + "ada",
                "/api/v1/collections/discover?q=lab",
                "/api/v1/collections/discover?sort=popular&limit=100",
                "/api/v1/listings?limit=100",
                "/api/v1/listings?q=mark"));
        int successful = 0;
        for (String path : paths) {
            for (Api caller : List.of(callers.anonymous, callers.other, callers.admin)) {
                Response response = caller.get(path);
                successful += response.status() == 200 ? 1 : 0;
                if (caller == callers.admin && path.equals("/api/v1/admin/users")) {
                    continue; // has the e-mail addresses
                }
                assertUnmarked(path, response.text());
                assertUnmarked(
                        "the headers of " + path,
                        response.http().headers().map().toString());
            }
        }
        assertTrue(successful > 100, successful + " responses were searched");
    }

    /** Sends requests of all callers to all paths, and invalid ones. */
    private void sendRequests() {
        for (String path : paths) {
            callers.byName().values().forEach(caller -> caller.get(path));
            callers.byName().values().forEach(caller -> caller.send("HEAD", path, null, "traceparent", TRACE_PARENT));
        }
        for (String secret : List.of(PASSWORD, callers.owner.token())) {
            callers.anonymous.as("dbt_" + secret).get("/api/v1/users/me");
            callers.anonymous.post(
                    "/api/v1/tokens",
                    "{\"username\": \"ada-" + callers.run + "\", \"password\": 1, \"" + secret + "\": \"" + secret);
            callers.owner.patch(
                    "/api/v1/users/me", "{\"password\": \"" + secret + "\", \"current_password\": \"" + secret + "\"}");
            callers.owner.get("/api/v1/users/me?access_token=" + secret);
        }
    }

    @Test
    void keepsPrivateDataOutOfTheLog() {
        sendRequests();
        assertTrue(log.lines.size() > 100, log.lines.size() + " lines");
        log.lines.forEach(line -> assertUnmarked("the log", line));
    }

    @Test
    void keepsPrivateDataOutOfSpansAndMetrics() {
        sendRequests();
        callers.owner.get("/api/v1/catalog/cpus", "traceparent", TRACE_PARENT);

        OtlpCollector.await(() -> collector.spans().stream()
                .filter(span -> span.getName().equals("GET /api/v1/catalog/cpus"))
                .toList()); // the last span
        List<Span> spans = collector.spans();
        for (String name : List.of(
                "POST /api/v1/users",
                "POST /api/v1/tokens",
                "PATCH /api/v1/users/me",
                "POST /api/v1/user-shares",
                "INSERT access_token")) {
            assertTrue(spans.stream().anyMatch(span -> span.getName().equals(name)), name);
        }
        spans.forEach(span -> assertUnmarked("a span", span.toString()));
        assertUnmarked(
                "the metrics",
                OtlpCollector.await(() -> List.copyOf(collector.metrics().values()))
                        .toString());
    }

    /** A share token gives access to its page, so at most eight characters of it may be recorded. */
    @Test
    void keepsShareTokensOutOfTheLogAndSpans() {
        paths.forEach(path -> callers.anonymous.get(path, "traceparent", TRACE_PARENT));
        callers.anonymous.get("/api/v1/catalog/gpus", "traceparent", TRACE_PARENT);
        OtlpCollector.await(() -> collector.spans().stream()
                .filter(span -> span.getName().equals("GET /api/v1/catalog/gpus"))
                .toList());
        List<String> written = Stream.concat(
                        log.lines.stream(), collector.spans().stream().map(Span::toString))
                .toList();
        for (String path : paths) {
            String last = path.substring(path.lastIndexOf('/') + 1);
            if (last.length() == 64) {
                written.forEach(line -> assertFalse(line.contains(last.substring(0, 9)), line));
            }
        }
    }
}
