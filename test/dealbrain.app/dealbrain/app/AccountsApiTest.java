package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What administrators do with accounts, on two instances with one database. Sign-up is closed on the second one. */
class AccountsApiTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication first = new RunningApplication(database, Map.of());

    @Order(3)
    @RegisterExtension
    static final RunningApplication second = new RunningApplication(database, Map.of("DEALBRAIN_SIGNUP", "closed"));

    private static final String USERS = "/api/v1/admin/users";
    private static final String ME = "/api/v1/users/me";
    private static final String PASSWORD = "correct horse battery";

    private static Api admin;

    @BeforeAll
    static void signIn() {
        admin = second.admin();
    }

    private static void assertProblem(int status, String code, Response response) {
        assertEquals(status, response.status(), response::text);
        assertEquals(code, response.json().path("code").asText(), response::text);
    }

    private static Response created(Response response) {
        assertEquals(201, response.status(), response::text);
        return response;
    }

    private static String path(Api user) {
        return USERS + "/" + user.get(ME).json().path("id").asLong();
    }

    private static void setDisabled(String user, boolean disabled) {
        Response changed = admin.patch(user, "{\"disabled\": " + disabled + "}");
        assertEquals(200, changed.status(), changed::text);
        assertEquals(disabled, changed.json().path("disabled").asBoolean());
    }

    private static Response token(RunningApplication application, String username, String password) {
        return application
                .api()
                .post("/api/v1/tokens", "{\"username\": \"" + username + "\", \"password\": \"" + password + "\"}");
    }

    @Test
    void refusesADisabledUserOnEveryInstanceByTheNextRequest() {
        Api ada = first.api().signUp("ada");
        String user = path(ada);
        String listing = created(ada.post("/api/v1/listings", "{\"title\": \"PC\"}"))
                .header("Location")
                .orElseThrow();
        String collection = created(ada.post("/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"public\"}"))
                .header("Location")
                .orElseThrow();
        String link = ada.share(listing);
        for (RunningApplication application : List.of(first, second)) { // fills whatever the instances remember
            Api same = application.api().as(ada.token());
            for (String path : List.of(ME, listing, collection, collection, link)) {
                assertEquals(200, same.get(path).status(), path);
            }
        }

        for (int round = 0; round < 3; round++) {
            setDisabled(user, true);
            for (RunningApplication application : List.of(first, second)) {
                Api same = application.api().as(ada.token());
                for (String path : List.of(ME, listing, collection, "/api/v1/notifications")) {
                    assertProblem(403, "account-disabled", same.get(path));
                }
                assertProblem(403, "account-disabled", same.post("/api/v1/listings", "{\"title\": \"PC\"}"));
                assertProblem(403, "account-disabled", token(application, "ada", PASSWORD));
                assertProblem(401, "invalid-credentials", token(application, "ada", "wrong"));
            }
            setDisabled(user, false);
            assertEquals(200, first.api().as(ada.token()).get(ME).status());
            assertEquals(200, second.api().as(ada.token()).get(ME).status());
        }
    }

    @Test
    void keepsPublicLinksOfADisabledUser() {
        Api dora = first.api().signUp("dora");
        String listing = created(dora.post("/api/v1/listings", "{\"title\": \"PC\"}"))
                .header("Location")
                .orElseThrow();
        String link = dora.share(listing);
        String collection = created(
                        dora.post("/api/v1/collections", "{\"name\": \"Dora\", \"visibility\": \"public\"}"))
                .header("Location")
                .orElseThrow();

        setDisabled(path(dora), true);

        assertEquals(200, first.api().get(link).status());
        assertEquals(200, second.api().get(collection).status());
        assertEquals(200, admin.get(listing).status());
    }

    @Test
    void letsAOneTimePasswordOnlyChangeThePassword() {
        Response created = created(admin.post(USERS, "{\"username\": \"bob\"}"));
        assertEquals("no-store", created.header("Cache-Control").orElseThrow());
        String oneTime = created.json().path("one_time_password").asText();
        Api bob = first.api().signIn("bob", oneTime, "read");

        TreeMap<String, Integer> allowed = new TreeMap<>();
        first.api()
                .get("/openapi.json")
                .json()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    boolean needsToken = operation.getValue().path("security").isMissingNode()
                            || operation.getValue().path("security").size() == 1;
                    if (needsToken && !path.getKey().equals("/metrics")) {
                        Response response = bob.send(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey().replaceAll("\\{\\w+}", "1"),
                                null);
                        if (!response.text().contains("password-change-required")) {
                            allowed.put(operation.getKey() + " " + path.getKey(), response.status());
                        }
                    }
                }));
        assertEquals(Map.of("patch " + ME, 415), allowed);
        assertProblem(403, "password-change-required", bob.get("/api/v1/collections/1"));
        String basic = Base64.getEncoder().encodeToString(("bob:" + bob.token()).getBytes(StandardCharsets.UTF_8));
        Response page = first.api().get("/ops", "Authorization", "Basic " + basic);
        assertEquals(403, page.status());
        assertTrue(page.text().contains("Choose a password first"), page::text);
        Response other = bob.patch(ME, "{\"display_name\": \"Bob\"}");
        assertProblem(403, "password-change-required", other);
        assertTrue(other.json().path("detail").asText().contains("PATCH /api/v1/users/me with password"));
        assertProblem(403, "one-time-password-expired", token(second, "bob", oneTime));

        Response changed =
                bob.patch(ME, "{\"password\": \"another horse battery\", \"current_password\": \"" + oneTime + "\"}");

        assertEquals(200, changed.status(), changed::text);
        assertEquals(200, bob.get(ME).status());
        assertProblem(403, "forbidden", bob.patch(ME, "{\"display_name\": \"Bob\"}")); // the scope is read
        assertEquals(201, token(second, "bob", "another horse battery").status());
    }

    @Test
    void invitesWhileSignUpIsClosed() {
        String body = "{\"username\": \"carol\", \"password\": \"" + PASSWORD + "\"%s}";
        assertProblem(403, "signup-closed", second.api().post("/api/v1/users", body.formatted("")));
        Response invite = created(admin.post("/api/v1/invites", "{\"note\": \"for Carol\"}"));
        assertEquals("no-store", invite.header("Cache-Control").orElseThrow());
        String code = ", \"invite\": " + invite.json().path("code");

        created(second.api().post("/api/v1/users", body.formatted(code)));

        assertProblem(
                403,
                "invite-invalid",
                second.api()
                        .post("/api/v1/users", body.replace("carol", "mallory").formatted(code)));
        Response list = admin.get("/api/v1/invites");
        assertEquals("carol", list.json().at("/0/used_by").asText());
        assertFalse(list.text().contains(invite.json().path("code").asText()));
    }

    @Test
    void belongsToAdministrators() {
        Api eve = first.api().signUp("eve");
        for (String path : List.of(USERS, path(eve), "/api/v1/invites")) {
            assertProblem(403, "forbidden", eve.get(path));
            assertEquals(401, first.api().get(path).status());
        }
        assertProblem(403, "forbidden", eve.post(USERS, "{\"username\": \"x1\"}"));
        assertProblem(403, "forbidden", eve.patch(path(eve), "{\"role\": \"admin\"}"));

        assertEquals(200, admin.patch(path(eve), "{\"role\": \"admin\"}").status());

        assertEquals(200, eve.get(USERS).status());
        String tag = admin.get(path(eve)).header("ETag").orElseThrow();
        assertEquals(
                200,
                admin.patch(path(eve), "{\"role\": \"user\"}", "If-Match", tag).status());
        assertProblem(412, "precondition-failed", admin.patch(path(eve), "{\"role\": \"admin\"}", "If-Match", tag));
    }

    @Test
    void deletesTheOwnAccountUnlessItIsTheLastAdministrator() {
        Api fred = first.api().signUp("fred");
        String user = path(fred);
        assertProblem(422, "invalid-input", fred.send("DELETE", ME, "{\"current_password\": \"wrong\"}"));
        assertProblem(422, "invalid-input", fred.send("DELETE", ME, "{}"));

        assertEquals(
                204,
                fred.send("DELETE", ME, "{\"current_password\": \"" + PASSWORD + "\"}")
                        .status());

        assertEquals(401, second.api().as(fred.token()).get(ME).status());
        assertProblem(404, "not-found", admin.get(user));
        String own = "{\"current_password\": \"" + RunningApplication.ADMIN_PASSWORD + "\"}";
        assertProblem(409, "last-administrator", admin.send("DELETE", ME, own));
        assertProblem(409, "own-account", admin.delete(path(admin)));
    }

    @Test
    void deletesAUserButNotWhatOthersHold() {
        Api greta = first.api().signUp("greta");
        Api hugo = first.api().signUp("hugo");
        String id = path(greta).substring(USERS.length() + 1);
        database.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO listing (owner_id, title) SELECT ?, 'PC ' || n FROM generate_series(1, 1000) n",
                    Long.parseLong(id));
            handle.execute("ANALYZE");
        });
        String collection = created(hugo.post("/api/v1/collections", "{\"name\": \"Lab\"}"))
                .header("Location")
                .orElseThrow();
        long listing = greta.get("/api/v1/listings?owner=me&limit=1")
                .json()
                .at("/0/id")
                .asLong();
        created(hugo.post(collection + "/items", "{\"listing_id\": " + listing + "}"));

        assertEquals(204, admin.delete(path(greta)).status());

        JsonNode item = hugo.get(collection + "/items").json().path(0).path("listing");
        assertEquals(listing, item.path("id").asLong());
        assertTrue(item.path("owner_id").isNull());
        assertEquals(1, hugo.get("/api/v1/notifications").json().path("total").asInt());
    }
}
