package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.SqlClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The application in its own process, under another default locale and time zone than English and UTC: it starts in an
 * empty folder, and each operation has the same response.
 */
@Timeout(600)
class LocaleTest {
    /** Digits other than 0 to 9, and the two letters that Turkish has beside I and i. */
    private static final Pattern FOREIGN = Pattern.compile("[\\p{Nd}ıİ&&[^0-9]]");

    /** What differs between any two runs: times, uses of tokens, tokens, random names, and the port. */
    private static final Pattern VARYING =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|\\+00:00)|\\d{8}T\\d{6}Z|127\\.0\\.0\\.1:\\d+"
                    + "|dbt_[\\w-]+|\\b[a-km-np-z2-9]{5}(-[a-km-np-z2-9]{5}){3}\\b|request_id: \\w+"
                    + "|(?<![\\w-])(?:2F)?[\\w-]{43,64}|\\b[0-9a-f]{8}(-[0-9a-f]{4})?\\b|\"request_id\": ?\"\\w+\""
                    + "|\"(speed_mhz|view_count|crawler_count)\": ?\\d+|\"last_used_\\w+\": ?(?:null|\"[^\"]*\")");

    private static final String RECORDED = "GET /ops/flames";
    /** A recording is no text. */
    private static final String BINARY = "POST /api/v1/ops/recordings";

    private static final List<String> MORE = List.of(
            "GET /api/v1/collections/{id}/export?format=json",
            "GET /api/v1/collections/{id}/export?format=csv",
            "GET /api/v1/collections/{id}?limit=1&sort=-price_usd",
            "GET /api/v1/collections/{id}/items?status=undecided",
            "GET /api/v1/listings?sort=-price_usd&limit=2",
            "GET /api/v1/listings?sort=nothing",
            "GET /api/v1/listings?limit=1000000",
            "GET /api/v1/collections/1?limit=150",
            "GET /api/v1/collections/1000000",
            "GET /ops",
            "GET /docs",
            RECORDED + "?seconds=1",
            "GET /nothing");

    private static Map<String, String> english = Map.of();

    @TempDir
    static Path folder;

    @BeforeAll
    static void english() throws IOException {
        english = responses("-Duser.language=en -Duser.country=US -Duser.timezone=UTC");
        assertTrue(english.size() > 80, () -> String.valueOf(english.size()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=tr -Duser.country=TR -Duser.timezone=AGT",
                "-Duser.language=ar -Duser.country=EG -Duser.timezone=GMT+13:45"
            })
    void changesNoResponse(String options) throws IOException {
        Map<String, String> responses = responses(options);
        List<String> different = new ArrayList<>();
        english.forEach((operation, response) -> {
            if (!response.equals(responses.get(operation))) {
                different.add(operation + "\n" + response + "\n" + responses.get(operation) + "\n");
            }
        });
        assertEquals(List.of(), different);
        assertEquals(english.keySet(), responses.keySet());
    }

    @ParameterizedTest
    @Tag("faults")
    @ValueSource(
            strings = {
                "-Duser.language=fa -Duser.country=IR -Duser.timezone=Asia/Tehran",
                "-Duser.language=th -Duser.country=TH -Duser.extensions=u-nu-thai-ca-buddhist",
                "-Duser.language=en -Duser.language.format=ar -Duser.country.format=SA",
                "-Duser.language=lt -Duser.country=LT",
                "-Duser.language=de -Duser.country=CH"
            })
    void changesNoResponseInMoreLanguages(String options) throws IOException {
        changesNoResponse(options);
    }

    /** Starts the application in an empty folder, with the demo data, and calls each operation of the document. */
    private static Map<String, String> responses(String options) throws IOException {
        Path data = Files.createTempDirectory(folder, "data");
        Map<String, String> variables =
                Map.of("JDK_JAVA_OPTIONS", options, "DEALBRAIN_DEMO", "on", "DEALBRAIN_ENV", "development");
        Map<String, String> responses = new LinkedHashMap<>();
        try (Program program = Program.start(data, variables)) {
            String url = Files.readString(data.resolve("postgres.url")).strip();
            Callers callers = new Callers(program.api(), program::admin, sql -> SqlClient.execute(url, sql));
            OneOfEach objects = new OneOfEach(callers, "public");
            for (String operation : operations(program.api())) {
                OneOfEach used = operation.startsWith("DELETE") ? new OneOfEach(callers, "public") : objects;
                responses.put(operation, response(callers, used, operation));
            }
            assertNoForeignDigits("the output", program.output());
        }
        return responses;
    }

    private static List<String> operations(Api api) {
        List<String> operations = new ArrayList<>();
        JsonNode paths = api.get("/openapi.json").json().path("paths");
        paths.properties()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .map(each -> each.getKey().toUpperCase(Locale.ROOT))
                        .filter(method -> !method.equals("PARAMETERS"))
                        .map(method -> method + " " + path.getKey())
                        .filter(operation -> !operation.equals(RECORDED) && !operation.equals(BINARY))
                        .forEach(operations::add));
        operations.addAll(MORE);
        return operations;
    }

    private static String response(Callers callers, OneOfEach objects, String operation) {
        String method = operation.substring(0, operation.indexOf(' '));
        String template = operation.substring(method.length() + 1);
        String query = template.contains("?") ? template.substring(template.indexOf('?')) : "";
        String path = objects.path(template.substring(0, template.length() - query.length()));
        @Nullable String body = objects.body(method, template);
        Api caller = caller(callers, template);
        Api.Response response = caller.send(method, path + query, body);
        Map<String, List<String>> headers =
                new TreeMap<>(response.http().headers().map());
        assertFalse(response.status() >= 500, () -> operation + ": " + response.text());
        assertNoForeignDigits(operation, headers + response.text());
        headers.keySet()
                .removeIf(name -> List.of(
                                "date",
                                "etag",
                                "server-timing",
                                "content-length",
                                "link",
                                "x-cache",
                                "x-db-queries",
                                "x-request-id",
                                "traceparent",
                                "age")
                        .contains(name));
        if (isMeasured(template)) {
            headers.remove("x-total-count");
        }
        String text = headers + "\n" + (isMeasured(template) ? "" : response.text());
        return response.status()
                + VARYING.matcher(text).replaceAll("…").replace("\"=\"\"…\"\"\"", "…"); // a name like 1e234567 in CSV
    }

    private static Api caller(Callers callers, String template) {
        if (template.contains("/ops") || OneOfEach.isOfAdministrators(template)) {
            return callers.admin;
        }
        return template.contains("user-shares/") || template.contains("/notifications")
                ? callers.recipient
                : callers.owner;
    }

    /** Returns whether the response has measured values. */
    private static boolean isMeasured(String template) {
        return List.of("/ops", "/metrics", "/health").stream().anyMatch(template::contains);
    }

    private static void assertNoForeignDigits(String where, String text) {
        String found = FOREIGN.matcher(text)
                .results()
                .map(each -> each.group())
                .toList()
                .toString();
        assertEquals("[]", found, where);
    }
}
