package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sends thousands of valid and invalid requests to all operations of the OpenAPI document, and validates each response
 * against it. The seed is printed; {@code FUZZ_SEED} and {@code FUZZ_REQUESTS} change seed and number.
 */
@Tag("faults")
class FuzzTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final long SEED = number("FUZZ_SEED", 20_260_131);
    private static final long REQUESTS = number("FUZZ_REQUESTS", 10_000);
    private static final int MAX_COMPLAINTS = 20;
    private static final int MAX_TEXT = 1000;
    /**
     * The number of requests after which new users are created, since the tokens of the current ones may be revoked.
     */
    private static final int ROUND = 500;

    private static final List<String> VISIBILITIES = List.of("public", "unlisted", "private");

    private static long number(String variable, long otherwise) {
        String text = System.getenv(variable);
        return text == null ? otherwise : Long.parseLong(text);
    }

    @Test
    void getsOnlyDocumentedResponses() {
        JsonNode document = application.api().get("/openapi.json").json();
        FuzzRequests requests = new FuzzRequests(
                document, RandomGeneratorFactory.of("L64X128MixRandom").create(SEED));
        Conformance conformance = new Conformance(document);
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        List<String> complaints = new ArrayList<>();
        Callers callers = new Callers(application, database);
        for (int i = 0; i < REQUESTS && complaints.size() < MAX_COMPLAINTS; i++) {
            if (i % ROUND == ROUND - 1) {
                callers = new Callers(application, database);
            }
            FuzzRequest request = requests.next(i, new OneOfEach(callers, VISIBILITIES.get(i % 3)));
            Api.Response response = send(callers.byName().get(request.caller()), request);
            statuses.merge(response.status(), 1, Integer::sum);
            conformance
                    .complaint(request, response)
                    .ifPresent(complaint -> complaints.add(complaint + "\n    " + request.curl() + "\n    "
                            + response.status() + " "
                            + response.http().headers().map() + " "
                            + response.text()
                                    .substring(
                                            0,
                                            Math.min(MAX_TEXT, response.text().length()))));
        }
        System.out.printf(
                "%d requests to %d operations, FUZZ_SEED=%d: %s%n", REQUESTS, requests.operations(), SEED, statuses);
        assertEquals(List.of(), complaints, () -> "FUZZ_SEED=" + SEED + "\n" + String.join("\n", complaints));
        assertTrue(
                statuses.getOrDefault(200, 0) + statuses.getOrDefault(201, 0) + statuses.getOrDefault(204, 0)
                        > REQUESTS / 5,
                statuses::toString);
    }

    private static Api.Response send(Api api, FuzzRequest request) {
        byte[] body = request.body() == null ? new byte[0] : request.body().getBytes(StandardCharsets.UTF_8);
        return api.sendBytes(
                request.method(), request.path(), body, request.headers().toArray(String[]::new));
    }
}
