package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sends the examples of all requests in the OpenAPI document to a new server, on which they must succeed. */
class ExamplesTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    /** The order in which a new user would send them: each makes what later ones name by its id. */
    private static final List<String> OF_ADA = List.of(
            "updateCurrentUser",
            "createCpu",
            "createGpu",
            "createRamSpec",
            "createStorageProfile",
            "createPortsProfile",
            "createScoringProfile",
            "createRuleset",
            "createListing",
            "createListings",
            "updateListing",
            "putListingBySource",
            "parseOffer",
            "importListings",
            "createCollection",
            "addItem",
            "addItems",
            "reorderItems",
            "updateItem",
            "updateCollection",
            "updateCollectionVisibility",
            "copyCollection",
            "importCollection",
            "createListingShare",
            "updateListingShare",
            "createCollectionShare",
            "copySharedCollection",
            "createUserShare");

    private static final List<String> OF_ADMIN = List.of(
            "updateCpu",
            "updateGpu",
            "updateRamSpec",
            "updateStorageProfile",
            "updatePortsProfile",
            "updateScoringProfile",
            "updateRuleset",
            "importCpus",
            "updateProfilerSettings",
            "warmUpCache",
            "createRecording",
            "createInvite");

    private final JsonNode document = application.api().get("/openapi.json").json();
    private final Map<String, Example> examples = examples();
    private final TreeSet<String> sent = new TreeSet<>();
    private final List<String> rejected = new ArrayList<>();
    private String shareToken = "none";

    private record Example(String method, String path, JsonNode body) {}

    private Map<String, Example> examples() {
        Map<String, Example> found = new TreeMap<>();
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    JsonNode content = operation.at("/requestBody/content");
                    content.forEach(body -> found.put(
                            operation.path("operationId").asText(),
                            new Example(method.toUpperCase(Locale.ROOT), path, body.path("example"))));
                }));
        return found;
    }

    @Test
    void areAccepted() {
        Api anonymous = application.api();
        send(anonymous, "createUser");
        Api ada =
                anonymous.as(send(anonymous, "createToken").json().path("token").asText());
        Api bob = anonymous.signUp("bob");
        OF_ADA.forEach(id -> send(ada, id));
        send(bob, "importUserShare");
        OF_ADMIN.forEach(id -> send(application.admin(), id));
        JsonNode created = send(application.admin(), "createAccount").json();
        send(application.admin(), "updateAccount", created.at("/account/id").asText());
        send(ada, "deleteCurrentUser");
        assertEquals(List.of(), rejected);
        assertEquals(examples.keySet(), sent);
    }

    /** The examples of responses are composed: those of members of different records must fit together. */
    @Test
    void tellOfOneDeal() {
        JsonNode document = application.api().get("/openapi.json").json();
        JsonNode listing =
                document.at("/paths/~1api~1v1~1listings~1{id}/get/responses/200/content/application~1json/example");
        JsonNode valuation = listing.path("valuation");
        assertEquals(
                sum(valuation.path("lines"), "amount_usd"),
                valuation.path("total_usd").asDouble(),
                0.005);
        assertEquals(
                listing.path("price_usd").asDouble()
                        - valuation.path("total_usd").asDouble(),
                listing.path("adjusted_price_usd").asDouble(),
                0.005);
        double points = 0;
        for (JsonNode part : listing.at("/score/parts")) {
            points += part.path("weight").asDouble() * part.path("points").asDouble();
        }
        assertEquals(points, listing.path("score_composite").asDouble(), 0.05);
    }

    private static double sum(JsonNode rows, String member) {
        double sum = 0;
        for (JsonNode row : rows) {
            sum += row.path(member).asDouble();
        }
        return sum;
    }

    @Test
    void haveNoWordsThatStandForOthers() {
        JsonNode document = application.api().get("/openapi.json").json();
        List<String> texts = document.findValues("example").stream()
                .flatMap(ExamplesTest::texts)
                .toList();
        assertTrue(texts.size() > 1000, texts.size() + " texts");
        assertEquals(
                List.of(),
                texts.stream().filter(Set.of("text", "string")::contains).toList());
    }

    private static Stream<String> texts(JsonNode example) {
        return example.isTextual()
                ? Stream.of(example.textValue())
                : StreamSupport.stream(example.spliterator(), false).flatMap(ExamplesTest::texts);
    }

    private Response send(Api caller, String id) {
        return send(caller, id, "1");
    }

    /** Sends an example to the path with an id and the last token of a link. */
    private Response send(Api caller, String id, String pathId) {
        sent.add(id);
        Example example = Objects.requireNonNull(examples.get(id), id);
        String path = example.path().replace("{share_token}", shareToken).replaceAll("\\{\\w+}", pathId);
        String body = example.body().isTextual()
                ? example.body().textValue() // CSV
                : example.body().toString();
        Response response = caller.send(example.method(), path, body);
        if (response.status() >= 300) {
            rejected.add(id + " " + example.body() + ": " + response.text());
        }
        if (response.status() != 204 && !id.equals("createRecording")) {
            JsonNode link = response.json().path("share_token");
            shareToken = link.isTextual() ? link.asText() : shareToken;
        }
        return response;
    }
}
