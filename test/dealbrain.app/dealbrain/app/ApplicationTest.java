package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApplicationTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private final Api anonymous = application.api();
    private Api ada;
    private Api bob;

    @BeforeEach
    void signUp() {
        ada = anonymous.signUp("ada-" + number());
        bob = anonymous.signUp("bob-" + number());
    }

    private static String number() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    @Nested
    class Accounts {
        @Test
        void signsUpSignsInAndOut() {
            String name = "eve-" + number();
            Response created = anonymous.post(
                    "/api/v1/users",
                    "{\"username\": \"" + name
                            + "\", \"password\": \"correct horse battery\", \"display_name\": \"Ève\"}");
            assertEquals(201, created.status(), created.text());
            assertEquals(
                    new TreeSet<>(List.of("id", "username", "email", "display_name", "role", "created_at")),
                    names(created.json()));

            Response token = anonymous.post(
                    "/api/v1/tokens", "{\"username\": \"" + name + "\", \"password\": \"correct horse battery\"}");
            assertEquals(201, token.status(), token.text());
            assertEquals("no-store", token.header("Cache-Control").orElseThrow());
            Api eve = anonymous.as(token.json().path("token").asText());
            assertEquals(created.json(), eve.get("/api/v1/users/me").json());

            assertEquals(204, eve.delete(token.header("Location").orElseThrow()).status());
            Response refused = eve.get("/api/v1/users/me");
            assertEquals(401, refused.status());
            assertEquals("Bearer", refused.header("WWW-Authenticate").orElseThrow());
        }

        @Test
        void ignoresTokensInTheQuery() {
            assertEquals(
                    401,
                    anonymous
                            .get("/api/v1/users/me?access_token=" + ada.token())
                            .status());
        }

        @Test
        void rejectsWritesWithAReadOnlyToken() {
            String name = "reader-" + number();
            anonymous.signUp(name);
            Api reader = anonymous.signIn(name, "correct horse battery", "read");

            assertEquals(200, reader.get("/api/v1/collections").status());
            assertEquals(
                    403, reader.post("/api/v1/collections", "{\"name\": \"x\"}").status());
        }
    }

    @Nested
    class Catalog {
        @Test
        void allowsOnlyAdministratorsToChangeParts() {
            String cpu = ada.post("/api/v1/catalog/cpus", "{\"name\": \"CPU " + number() + "\", \"cores\": 8}")
                    .header("Location")
                    .orElseThrow();

            assertEquals(403, ada.patch(cpu, "{\"cores\": 9}").status());
            Response changed = application.admin().patch(cpu, "{\"cores\": 9}");
            assertEquals(9, changed.json().path("cores").asInt(), changed.text());
            assertEquals(changed.json(), bob.get(cpu).json());
            assertEquals(204, application.admin().delete(cpu).status());
            assertEquals(404, bob.get(cpu).status());
        }
    }

    @Nested
    class Listings {
        @Test
        void createsReadsChangesAndDeletesAListing() {
            Response created = ada.post(
                    "/api/v1/listings",
                    "{\"title\": \"Tiny PC\", \"price_usd\": 199.90, \"attributes\": {\"wifi\": true}}");
            assertEquals(201, created.status(), created.text());
            String path = created.header("Location").orElseThrow();
            assertTrue(created.text().contains("\"price_usd\":199.90"), created.text());
            assertEquals(created.json(), ada.get(path).json());
            assertTrue(bob.get(path).json().path("attributes").isNull());

            String tag = created.header("ETag").orElseThrow();
            assertEquals(
                    200,
                    ada.patch(path, "{\"price_usd\": 150, \"seller\": \"me\"}", "If-Match", tag)
                            .status());
            assertEquals(
                    412,
                    ada.patch(path, "{\"price_usd\": 140}", "If-Match", tag).status());
            assertEquals(403, bob.patch(path, "{\"price_usd\": 1}").status());
            JsonNode changed = bob.get(path).json();
            assertEquals("150.00", changed.path("price_usd").decimalValue().toPlainString());
            assertEquals("Tiny PC", changed.path("title").asText());

            assertEquals(204, ada.delete(path).status());
            assertEquals(404, ada.get(path).status());
        }

        @Test
        void reportsAllErrorsOfABulkRequest() {
            Response refused = ada.post(
                    "/api/v1/listings/bulk",
                    "{\"listings\": [{\"title\": \"ok\"}, {\"title\": \"\", \"price_usd\": -1},"
                            + " {\"title\": \"x\", \"colour\": 1}]}");

            assertEquals(422, refused.status());
            assertEquals(
                    List.of("/listings/1/price_usd", "/listings/1/title", "/listings/2/colour"), pointers(refused));
        }

        @Test
        void reportsEachUnknownPartOfABulkRequest() {
            Response refused = ada.post(
                    "/api/v1/listings/bulk",
                    "{\"listings\": [{\"title\": \"a\", \"cpu_id\": 999999}, {\"title\": \"b\"},"
                            + " {\"title\": \"c\", \"gpu_id\": 888888, \"ruleset_id\": 7}]}");

            assertEquals(422, refused.status(), refused.text());
            assertEquals(
                    List.of("/listings/0/cpu_id", "/listings/2/gpu_id", "/listings/2/ruleset_id"), pointers(refused));
        }

        private static List<String> pointers(Response problem) {
            List<String> pointers = new ArrayList<>();
            problem.json()
                    .path("errors")
                    .forEach(error -> pointers.add(error.path("pointer").asText()));
            Collections.sort(pointers);
            return pointers;
        }
    }

    @Nested
    class DealCollections {
        @Test
        void of150ListingsTakesOneStatementBesidesTheToken() {
            String listings = String.join(",", Collections.nCopies(150, "{\"title\": \"PC\", \"price_usd\": 100}"));
            JsonNode ids = ada.post("/api/v1/listings/bulk", "{\"listings\": [" + listings + "]}")
                    .json()
                    .path("ids");
            String path = ada.post("/api/v1/collections", "{\"name\": \"Lab\"}")
                    .header("Location")
                    .orElseThrow();
            ada.post(path + "/items/bulk", "{\"listing_ids\": " + ids + "}");

            Response response = ada.get(path);

            assertEquals(150, response.json().path("items").size());
            assertEquals("2", response.header("X-DB-Queries").orElseThrow());
            assertTrue(response.header("Server-Timing").orElseThrow().matches("db;dur=\\d+\\.\\d;desc=\"2 queries\""));
        }
    }

    @Nested
    class Operations {
        @Test
        void reportsAliveAndReady() {
            assertEquals("{\"status\":\"ok\"}\n", anonymous.get("/health/live").text());
            Response ready = anonymous.get("/health/ready");
            assertEquals(200, ready.status());
            assertEquals("ok", ready.json().path("database").asText());
            assertEquals("ok", ready.json().path("migrations").asText());
        }

        @Test
        void hasAPageForEveryProblemInTheDocument() {
            JsonNode document = anonymous.get("/openapi.json").json();
            TreeSet<String> codes = new TreeSet<>();
            document.path("paths")
                    .forEach(path -> path.forEach(operation -> operation
                            .path("responses")
                            .forEach(response -> {
                                if (response.has("$ref")) {
                                    codes.addAll(List.of(response.path("description")
                                            .asText()
                                            .split(", ")));
                                }
                            })));

            assertTrue(codes.contains("duplicate-item"), codes::toString);
            codes.forEach(
                    code -> assertEquals(200, anonymous.get("/problems/" + code).status(), code));
        }

        @Test
        void exposesNoInternalsInErrors() {
            Response response = anonymous.get("/api/v1/collections/not-a-number");

            assertEquals(422, response.status());
            assertFalse(response.text().matches("(?s).*(Exception|dealbrain\\.|SELECT).*"), response.text());
        }
    }

    private static TreeSet<String> names(JsonNode json) {
        TreeSet<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
