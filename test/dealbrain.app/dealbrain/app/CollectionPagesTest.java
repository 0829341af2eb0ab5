package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Browser;
import dealbrain.testing.Browser.View;
import dealbrain.testing.Person;
import dealbrain.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages to create, change, share, import and delete collections, and to save what others share. */
class CollectionPagesTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private final Api api = application.api();
    private final Person person = Person.signUp(api, "ada");
    private final String username = person.username();
    private final Api ada = person.api();
    private final Browser browser = person.browser();

    private static String withoutQuery(View view) {
        return view.path().replaceFirst("\\?.*", "");
    }

    /** Creates a collection on the page. Returns its path. */
    private String create(String visibility) {
        View created = browser.submit(
                browser.open("/collections/new"),
                "/collections/new",
                Map.of("name", "Lab", "description", "PCs", "visibility", visibility));
        assertEquals("The collection is created.", created.text("[role=status]"), created.toString());
        return withoutQuery(created);
    }

    private void addDeal(String collection) {
        long id = ada.post("/api/v1/listings", "{\"title\": \"Tiny PC\", \"price_usd\": 90}")
                .json()
                .path("id")
                .asLong();
        ada.post("/api/v1" + collection + "/items", "{\"listing_id\": " + id + "}");
    }

    @Test
    void createsChangesAndDeletesACollection() {
        View wrong = browser.submit(
                browser.open("/collections/new"), "/collections/new", Map.of("name", " ", "description", "typed"));
        assertEquals(422, wrong.status());
        assertFalse(wrong.text("#f-name-error").isEmpty(), wrong.toString());
        assertEquals("typed", wrong.find("[name=description]").wholeText());

        String path = create("private");
        View edit = browser.open(path + "/edit");
        View saved = browser.submit(edit, path + "/edit", Map.of("name", "Lab 2", "visibility", "public"));
        assertEquals("Lab 2", saved.text("h1"), saved.toString());
        assertEquals(
                "public", ada.get("/api/v1" + path).json().path("visibility").asText());
        assertEquals(
                412,
                browser.submit(edit, path + "/edit", Map.of("name", "Lost update"))
                        .status());

        View asked = browser.open(path + "/delete");
        assertTrue(asked.text("h1").contains("Lab 2"), asked.toString());
        assertEquals(
                "/?done=deleted",
                browser.submit(asked, path + "/delete", Map.of()).path());
        assertEquals(404, browser.open(path).status());
    }

    @Test
    void createsAndEndsLinks() {
        String path = create("unlisted");
        View page = browser.open(path + "/share");
        View wrong = browser.submit(page, path + "/share", Map.of("expires_in_days", "many"));
        assertEquals(422, wrong.status());
        assertFalse(wrong.text("#f-expires_in_days-error").isEmpty(), wrong.toString());

        View created = browser.submit(page, path + "/share", Map.of("expires_in_days", "7"));
        String url = created.find("ul.list a").attr("href");
        String link = url.substring(url.indexOf("/c/"));
        assertEquals(200, api.get(link).status());
        String end = created.find("ul.list form").attr("action");
        assertEquals(
                0,
                browser.submit(created, end, Map.of()).page().select("ul.list").size());
        assertEquals(404, api.get(link).status());
    }

    @Test
    void saysThatAPrivateCollectionHasNoLinks() {
        String path = create("private");
        View page = browser.open(path + "/share");
        assertTrue(page.page().text().contains("The collection is private"), page.toString());
        assertEquals(0, page.page().select("form.card").size());
    }

    @Test
    void exportsAndImportsAFile() {
        String path = create("private");
        addDeal(path);
        Api.Response file = browser.open(path + "/export").response();
        assertTrue(file.header("Content-Disposition").orElseThrow().contains("attachment"), file.text());
        assertTrue(browser.open(path + "/export?format=csv").response().text().contains("Tiny PC"));

        View page = browser.open("/collections/import");
        View imported = browser.submit(page, "/collections/import", Map.of("file", file.text()));
        assertEquals("Lab", imported.text("h1"), imported.toString());
        assertTrue(imported.text("tbody").contains("Tiny PC"), imported.toString());

        View fromCsv =
                browser.submit(page, "/collections/import", Map.of("file", "title,price_usd\nBox,12\nCube,13\n"));
        assertEquals("Imported deals", fromCsv.text("h1"), fromCsv.toString());
        assertEquals(2, fromCsv.page().select("tbody tr").size());

        View wrong = browser.submit(page, "/collections/import", Map.of("file", "{\"format\": "));
        assertEquals(422, wrong.status());
        assertTrue(wrong.text("#f-file-error").contains("line 1"), wrong.toString());
    }

    @Test
    void savesASharedCollectionAfterTheSignIn() {
        String path = create("unlisted");
        addDeal(path);
        String token = ada.post("/api/v1" + path + "/share-tokens", "{}")
                .json()
                .path("share_token")
                .asText();
        String save = api.get("/c/" + token)
                .text()
                .replaceAll("(?s).*href=\"[^\"]*(/save\\?[^\"]*)\".*", "$1")
                .replace("&#x3D;", "=");

        String bob = "bob-" + username;
        Browser other = new Browser(api);
        View asked = other.open(save);
        View signUp = other.open(asked.page().select("main a").last().attr("href"));
        View form = other.submit(signUp, "/sign-up", Map.of("username", bob, "password", Person.PASSWORD));
        assertEquals("Lab", form.find("[name=name]").val(), form.toString());
        View saved = other.submit(form, "/save", Map.of("name", "From Ada"));
        assertEquals("From Ada", saved.text("h1"), saved.toString());
        assertTrue(saved.text("tbody").contains("Tiny PC"), saved.toString());
    }

    @Test
    void savesASharedDealInAChosenCollection() {
        String path = create("private");
        addDeal(path);
        JsonNode item = ada.get("/api/v1" + path + "/items").json().get(0);
        String listing = item.path("listing_id").asText();
        String token = ada.post("/api/v1/listings/" + listing + "/shares", "{}")
                .json()
                .path("share_token")
                .asText();

        Browser bob = Person.signUp(api, "bob").browser();
        View form = bob.open("/save?link=%2Fdeals%2F" + listing + "%2F" + token);
        assertEquals("My Deals", form.text("option"));
        View saved = bob.submit(form, "/save", Map.of());
        assertEquals("My Deals", saved.text("h1"), saved.toString());
        assertTrue(saved.text("tbody").contains("Tiny PC"), saved.toString());
        View again = bob.open("/save?link=%2Fdeals%2F" + listing + "%2F" + token);
        assertEquals(409, bob.submit(again, "/save", Map.of()).status());

        assertEquals(
                404, bob.open("/save?link=%2Fdeals%2F" + listing + "%2Fwrong").status());
        assertEquals(404, bob.open("/save?link=https%3A%2F%2Fexample.org").status());
    }

    @Test
    void savesADealOfASharedCollection() {
        String path = create("unlisted");
        addDeal(path);
        String listing = ada.get("/api/v1" + path + "/items")
                .json()
                .get(0)
                .path("listing_id")
                .asText();
        String token = ada.post("/api/v1" + path + "/share-tokens", "{}")
                .json()
                .path("share_token")
                .asText();
        View deal = new Browser(api).open("/c/" + token + "/deals/" + listing);
        String save = deal.find("a[href*=/save]").attr("href").replaceFirst(".*/save", "/save");

        Browser bob = Person.signUp(api, "bob").browser();
        View form = bob.open(save);
        assertTrue(form.page().text().contains("Tiny PC"), form.toString());
        View saved = bob.submit(form, "/save", Map.of());
        assertEquals("My Deals", saved.text("h1"), saved.toString());
        assertTrue(saved.text("tbody").contains("Tiny PC"), saved.toString());
        assertEquals(404, bob.open(save + "9").status());
    }

    @Test
    void sendsADealToAUser() {
        String bob = "bob-" + username;
        Api other = api.signUp(bob);
        String path = create("private");
        addDeal(path);
        String page = path + "/items/"
                + ada.get("/api/v1" + path + "/items").json().get(0).path("id").asText();
        View wrong = browser.submit(browser.open(page), page + "/send", Map.of("recipient_username", "nobody at all"));
        assertFalse(wrong.text("#f-recipient_username-error").isEmpty(), wrong.toString());
        View sent = browser.submit(browser.open(page), page + "/send", Map.of("recipient_username", bob));
        assertEquals("Sent.", sent.text("[role=status]"), sent.toString());
        assertEquals(1, other.get("/api/v1/user-shares").json().size());
    }
}
