package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Calls every route once and checks its number of statements. A statement that a request executes three times makes it
 * fail with 500 here (N+1). The first statement of most requests reads the token. The database has settings with which
 * most routes would fail, if connections did not request their own.
 */
class EveryRouteTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final HostileSettings settings = new HostileSettings(database);

    @Order(3)
    @RegisterExtension
    static final RunningApplication application =
            new RunningApplication(database, Map.of("N_PLUS_ONE_ACTION", "raise", "N_PLUS_ONE_THRESHOLD", "3"));

    private static final Map<String, String> PARTS = new TreeMap<>(Map.of(
            "cpus",
            "{\"name\": \"CPU\"}",
            "gpus",
            "{\"name\": \"GPU\"}",
            "ram-specs",
            "{\"label\": \"RAM\", \"ddr_generation\": \"ddr4\", \"speed_mhz\": 3200, \"module_count\": 2,"
                    + " \"capacity_per_module_gb\": 8, \"total_capacity_gb\": 16}",
            "storage-profiles",
            "{\"label\": \"SSD\", \"medium\": \"nvme\", \"capacity_gb\": 512}",
            "ports-profiles",
            "{\"name\": \"Ports\", \"ports\": [{\"type\": \"usb_a\", \"count\": 4}]}",
            "scoring-profiles",
            "{\"name\": \"Scoring\", \"weights\": {\"cpu\": 1}}",
            "rulesets",
            "{\"name\": \"Rules\"}"));

    private final Api anonymous = application.api();
    private final TreeSet<String> called = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private Api caller = anonymous;

    @Test
    void executesAFixedNumberOfStatementsAndRepeatsNone() {
        Api admin = application.admin();
        accounts();
        Api ada = anonymous.signIn("ada", "correct horse battery", "write");
        Api bob = anonymous.signIn("bob", "correct horse battery", "write");
        catalog(ada, admin);
        caller = ada;
        List<Long> listings = listings();
        collections(listings);
        listingShares(listings.getFirst());
        userShares(ada, bob, listings.getFirst());
        operations(admin);
        administration(admin);
        assertEquals(List.of(), wrong);
        assertEquals(new TreeSet<>(), missing());
    }

    private void accounts() {
        caller = anonymous;
        call(1, 201, "POST", "/api/v1/users", "{\"username\": \"ada\", \"password\": \"correct horse battery\"}");
        call(1, 201, "POST", "/api/v1/users", "{\"username\": \"bob\", \"password\": \"correct horse battery\"}");
        Response token = call(
                5, 201, "POST", "/api/v1/tokens", "{\"username\": \"ada\", \"password\": \"correct horse battery\"}");
        caller = anonymous.as(token.json().path("token").asText());
        call(2, 200, "GET", "/api/v1/users?q=bo", null);
        call(1, 200, "GET", "/api/v1/users/me", null);
        call(3, 200, "PATCH", "/api/v1/users/me", "{\"display_name\": \"Ada\"}");
        call(2, 200, "GET", "/api/v1/tokens", null);
        call(3, 204, "DELETE", "/api/v1/tokens", null);
        call(13, 200, "GET", "/api/v1/users/me/export", null); // one for each kind of thing
        call(
                3,
                204,
                "DELETE",
                "/api/v1/tokens/{id}",
                null,
                token.json().path("id").asLong());
    }

    private void administration(Api admin) {
        caller = admin;
        String users = "/api/v1/admin/users";
        String created = "{\"username\": \"eve\", \"password\": \"correct horse battery\"}";
        long id = call(3, 201, "POST", users, created).json().at("/account/id").asLong();
        call(2, 200, "GET", users, null);
        call(2, 200, "GET", users + "?q=eve", null);
        call(2, 200, "GET", users + "/{id}", null, id);
        call(5, 200, "PATCH", users + "/{id}", "{\"role\": \"admin\"}", id);
        call(6, 200, "PATCH", users + "/{id}", "{\"email\": \"eve@example.org\"}", id);
        call(6, 200, "POST", users + "/{id}/password", null, id);
        call(5, 204, "DELETE", users + "/{id}", null, id);
        JsonNode invite = call(3, 201, "POST", "/api/v1/invites", "{}").json();
        call(3, 201, "POST", users, created);
        caller = anonymous.signIn("eve", "correct horse battery", "write");
        call(7, 204, "DELETE", "/api/v1/users/me", "{\"current_password\": \"correct horse battery\"}");
        caller = anonymous;
        call(
                2,
                201,
                "POST",
                "/api/v1/users",
                "{\"username\": \"guest\", \"password\": \"correct horse battery\", \"invite\": " + invite.path("code")
                        + "}");
        caller = admin;
        call(2, 200, "GET", "/api/v1/invites", null);
        call(3, 204, "DELETE", "/api/v1/invites/{id}", null, invite.path("id").asLong());
    }

    private void catalog(Api ada, Api admin) {
        PARTS.forEach((kind, body) -> {
            String path = "/api/v1/catalog/" + kind;
            caller = ada;
            long id = call(2, 201, "POST", path, body).json().path("id").asLong();
            call(2, 200, "GET", path + "?q=a", null);
            call(2, 200, "GET", path + "/{id}", null, id);
            caller = admin;
            call(5, 200, "PATCH", path + "/{id}", body, id);
            call(5, 204, "DELETE", path + "/{id}", null, id);
        });
        call(6, 200, "PUT", "/api/v1/catalog/cpus/import", "name,cores\nCPU,4\nCPU 2,8\n");
        call(8, 200, "PUT", "/api/v1/catalog/cpus/import", "name,cores\nCPU,6\nCPU 3,2\n");
    }

    private List<Long> listings() {
        long id = call(
                        2,
                        201,
                        "POST",
                        "/api/v1/listings",
                        "{\"title\": \"Tiny PC\", \"marketplace\": \"m\", \"vendor_item_id\": \"1\"}")
                .json()
                .path("id")
                .asLong();
        JsonNode ids = call(
                        2,
                        201,
                        "POST",
                        "/api/v1/listings/bulk",
                        "{\"listings\": [" + "{\"title\": \"PC\"},".repeat(29) + "{\"title\": \"PC\"}]}")
                .json()
                .path("ids");
        String bySource = "/api/v1/listings/by-source/{marketplace}/{vendor_item_id}";
        call(3, 201, "PUT", bySource, "{\"title\": \"Mini PC\"}", "m", "2");
        call(3, 200, "PUT", bySource, "{\"title\": \"Mini PC\"}", "m", "2");
        call(2, 200, "GET", bySource, null, "m", "2");
        call(2, 200, "POST", "/api/v1/listings/parse", "{\"title\": \"Tiny PC i5-8500T\"}");
        call(2, 200, "GET", "/api/v1/listings/export", null);
        call(4, 200, "POST", "/api/v1/listings/import", "title,price\nMini PC,10\n");
        call(6, 200, "POST", "/api/v1/listings/import", "title,marketplace,item_id\nMini PC,m,3\nMicro PC,m,1\n");
        call(2, 200, "GET", "/api/v1/listings?q=pc&limit=100", null);
        call(2, 200, "GET", "/api/v1/listings/{id}", null, id);
        call(3, 200, "PATCH", "/api/v1/listings/{id}", "{\"price_usd\": 10}", id);
        call(3, 204, "DELETE", "/api/v1/listings/{id}", null, ids.get(0).asLong());
        List<Long> left = new ArrayList<>(List.of(id));
        ids.valueStream().skip(1).forEach(each -> left.add(each.asLong()));
        return left;
    }

    private void collections(List<Long> listings) {
        long id = call(2, 201, "POST", "/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"public\"}")
                .json()
                .path("id")
                .asLong();
        String items = "/api/v1/collections/{id}/items";
        long first = call(4, 201, "POST", items, "{\"listing_id\": " + listings.getFirst() + "}", id)
                .json()
                .path("id")
                .asLong();
        call(3, 200, "POST", items + "/bulk", "{\"listing_ids\": " + listings + "}", id);
        call(2, 200, "GET", "/api/v1/collections", null);
        call(2, 200, "GET", "/api/v1/collections/{id}", null, id);
        call(3, 200, "PATCH", "/api/v1/collections/{id}", "{\"description\": \"d\"}", id);
        call(3, 200, "PATCH", "/api/v1/collections/{id}/visibility", "{\"visibility\": \"public\"}", id);
        Response list = call(2, 200, "GET", items + "?limit=1000", null, id);
        List<Long> order = new ArrayList<>();
        list.json().forEach(item -> order.addFirst(item.path("id").asLong()));
        call(3, 200, "PUT", items + "/order", "{\"item_ids\": " + order + "}", id);
        call(2, 200, "GET", items + "/{item_id}", null, id, first);
        call(6, 200, "PATCH", items + "/{item_id}", "{\"position\": 3}", id, first);
        call(3, 201, "POST", "/api/v1/collections/{id}/copy", "{}", id);
        Response file = call(2, 200, "GET", "/api/v1/collections/{id}/export?format=json", null, id);
        call(8, 201, "POST", "/api/v1/collections/import", file.text());
        Api me = caller;
        long token = call(3, 201, "POST", "/api/v1/collections/{id}/share-tokens", "{}", id)
                .json()
                .path("id")
                .asLong();
        String text = call(3, 200, "GET", "/api/v1/collections/{id}/share-tokens", null, id)
                .json()
                .get(0)
                .path("share_token")
                .asText();
        caller = anonymous;
        call(1, 200, "GET", "/api/v1/collections/discover?q=lab", null);
        call(1, 200, "GET", "/api/v1/collections/public/{id}", null, id);
        call(1, 200, "GET", "/api/v1/collections/shared/{share_token}", null, text);
        call(1, 200, "GET", "/c/{share_token}", null, text);
        call(1, 200, "GET", "/c/{share_token}/deals/{listing_id}", null, text, listings.getFirst());
        caller = me;
        call(4, 201, "POST", "/api/v1/collections/shared/{share_token}/copy", "{}", text);
        call(3, 204, "DELETE", "/api/v1/collections/{id}/share-tokens/{token_id}", null, id, token);
        call(4, 204, "DELETE", items + "/{item_id}", null, id, first);
        call(3, 204, "DELETE", "/api/v1/collections/{id}", null, id);
    }

    private void listingShares(long listing) {
        JsonNode share = call(2, 201, "POST", "/api/v1/listings/{id}/shares", "{}", listing)
                .json();
        long id = share.path("id").asLong();
        String token = share.path("share_token").asText();
        call(2, 200, "GET", "/api/v1/listings/{id}/shares", null, listing);
        call(2, 200, "GET", "/api/v1/listing-shares", null);
        call(2, 200, "GET", "/api/v1/listing-shares/{id}", null, id);
        call(2, 200, "PATCH", "/api/v1/listing-shares/{id}", "{\"expires_in_days\": 3}", id);
        Api me = caller;
        caller = anonymous;
        call(1, 200, "GET", "/api/v1/deals/{listing_id}/{share_token}", null, listing, token);
        call(1, 200, "GET", "/deals/{listing_id}/{share_token}", null, listing, token);
        caller = me;
        call(2, 204, "DELETE", "/api/v1/listing-shares/{id}", null, id);
    }

    private void userShares(Api ada, Api bob, long listing) {
        String shares = "/api/v1/user-shares";
        JsonNode share = call(
                        5, 201, "POST", shares, "{\"recipient_username\": \"bob\", \"listing_id\": " + listing + "}")
                .json();
        String token = share.path("share_token").asText();
        call(2, 200, "GET", shares + "/sent", null);
        caller = bob;
        call(2, 200, "GET", shares, null);
        call(2, 200, "GET", shares + "/by-id/{id}", null, share.path("id").asLong());
        call(2, 200, "GET", shares + "/{share_token}", null, token);
        call(8, 201, "POST", shares + "/{share_token}/import", "{}", token);
        JsonNode notification = call(2, 200, "GET", "/api/v1/notifications", null)
                .json()
                .path("notifications")
                .path(0);
        call(2, 200, "GET", "/api/v1/notifications/unread-count", null);
        call(
                2,
                200,
                "POST",
                "/api/v1/notifications/{id}/read",
                null,
                notification.path("id").asLong());
        call(2, 200, "POST", "/api/v1/notifications/read-all", null);
        call(
                2,
                204,
                "DELETE",
                "/api/v1/notifications/{id}",
                null,
                notification.path("id").asLong());
        caller = ada;
        call(2, 204, "DELETE", shares + "/{share_token}", null, token);
    }

    private void operations(Api admin) {
        caller = anonymous;
        call(0, 200, "GET", "/favicon.ico", null);
        call(0, 200, "GET", "/favicon.svg", null);
        call(0, 200, "GET", "/robots.txt", null);
        call(0, 200, "GET", "/openapi.json", null);
        call(0, 200, "GET", "/docs", null);
        call(0, 200, "GET", "/docs/{asset}", null, "docs.js");
        call(0, 200, "GET", "/problems/{code}", null, "not-found");
        call(0, 200, "GET", "/health/live", null);
        call(1, 200, "GET", "/health/ready", null);
        call(0, 200, "GET", "/version", null);
        call(0, 200, "GET", "/metrics", null);
        caller = admin;
        Response queries = call(1, 200, "GET", "/api/v1/ops/queries", null);
        String fingerprint = queries.json().get(0).path("fingerprint").asText();
        String request = queries.header("X-Request-Id").orElseThrow();
        call(2, 200, "GET", "/api/v1/ops/audit?user=ada&action=signed_in", null);
        call(1, 200, "GET", "/api/v1/ops/requests", null);
        call(1, 200, "GET", "/api/v1/ops/requests/{request_id}", null, request);
        call(1, 200, "GET", "/ops/requests/{request_id}", null, request);
        call(1, 200, "GET", "/api/v1/ops/jobs", null);
        call(2, 200, "GET", "/api/v1/ops/versions", null);
        call(1, 200, "GET", "/api/v1/ops/settings", null);
        call(2, 200, "PATCH", "/api/v1/ops/settings", "{}");
        call(2, 200, "POST", "/api/v1/ops/recordings", "{\"seconds\": 1}");
        call(2, 200, "GET", "/ops/flames?seconds=1", null);
        call(1, 200, "GET", "/api/v1/ops/cache", null);
        call(3, 200, "DELETE", "/api/v1/ops/cache?pattern=nothing", null);
        call(2, 202, "POST", "/api/v1/ops/cache/warm", "{\"top\": 1}");
        call(2, 200, "GET", "/ops", null);
        call(1, 200, "GET", "/ops/statements/{fingerprint}", null, fingerprint);
    }

    private Response call(
            int statements, int status, String method, String template, @Nullable String body, Object... parameters) {
        String path = template;
        for (Object parameter : parameters) {
            path = path.replaceFirst("\\{\\w+}", parameter.toString());
        }
        called.add(method + " " + template.replaceFirst("\\?.*", ""));
        Response response = caller.send(method, path, body);
        String found = response.status() + " " + response.header("X-DB-Queries").orElse("no") + " statements";
        if (!found.equals(status + " " + statements + " statements")) {
            wrong.add("\n" + method + " " + template + ": " + found + ", not " + status + " " + statements
                    + (response.status() == status ? "" : " " + response.text()));
        }
        return response;
    }

    /** Returns the routes of the OpenAPI document that were not called. */
    private TreeSet<String> missing() {
        TreeSet<String> missing = new TreeSet<>();
        anonymous
                .get("/openapi.json")
                .json()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> missing.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        missing.removeAll(called);
        return missing;
    }
}
