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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a collection for its owner. */
class WorkspaceTest {
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
    private String collection;

    @BeforeEach
    void collectionOfThree() {
        collection = path(ada.post("/api/v1/collections", "{\"name\": \"Lab <1>\"}"));
        add("{\"title\": \"Slow\", \"price_usd\": 100, "
                + "\"ram_gb\": 8, \"condition\": \"used\", \"form_factor\": \"Tower\"}");
        add("{\"title\": \"Gone\", \"price_usd\": 50, "
                + "\"ram_gb\": 8, \"condition\": \"used\", \"status\": \"archived\"}");
        add("{\"title\": \"Fast\", \"price_usd\": 300, "
                + "\"ram_gb\": 32, \"condition\": \"used\", \"form_factor\": \"Mini\"}");
    }

    /** Returns the path of the page of a created resource. */
    private static String path(Api.Response created) {
        return created.header("Location").orElseThrow().replace("/api/v1", "");
    }

    private void add(String listing) {
        long id = ada.post("/api/v1/listings", listing).json().path("id").asLong();
        assertEquals(
                201,
                ada.post("/api/v1" + collection + "/items", "{\"listing_id\": " + id + "}")
                        .status());
    }

    private String titles(String query) {
        View view = browser.open(collection + query);
        assertEquals(200, view.status(), view.toString());
        return view.page().select("tbody tr").stream()
                .map(row -> row.expectFirst("th").select("a, th").last().ownText())
                .collect(Collectors.joining(" "));
    }

    private List<String> heads(String query) {
        return browser.open(collection + query).page().select("thead th").eachText();
    }

    private JsonNode items() {
        return ada.get("/api/v1" + collection + "/items").json();
    }

    @Test
    void showsTheDealsInTheirOrderWithTheBestOfWhatCanBeBought() {
        View view = browser.open(collection);
        assertEquals("Lab <1>", view.text("h1"));
        assertEquals("Slow Gone Fast", titles(""));
        assertEquals("$100.00best price", view.text("td.best"));
        assertEquals("gone", view.page().select("tbody tr").get(1).className());
        assertEquals(List.of("Deal", "State", "Price", "Memory", "Condition", "Case"), heads(""));
    }

    @Test
    void sortsByTheLinkOfAColumnAndBack() {
        View view = browser.open(collection);
        String byPrice = view.find("thead a:contains(Price)").attr("href");
        assertEquals("?sort=price", byPrice);
        assertEquals("Gone Slow Fast", titles(byPrice));
        View sorted = browser.open(collection + byPrice);
        assertEquals("ascending", sorted.find("th:contains(Price)").attr("aria-sort"));
        assertEquals(
                "Fast Slow Gone", titles(sorted.find("thead a:contains(Price)").attr("href")));
        assertEquals("Fast Slow Gone", titles("?sort=memory"));
        assertEquals("Slow Gone Fast", titles("?sort=nonsense"));
    }

    @Test
    void filters() {
        assertEquals("Slow Fast", titles("?min=60"));
        assertEquals("Slow Gone", titles("?max=100&status=open"));
        assertEquals("Fast", titles("?ram=16"));
        assertEquals("Slow", titles("?form=Tower"));
        assertEquals("", titles("?cpu=i7"));
        assertEquals("Slow Gone Fast", titles("?min=cheap&status="));
        View filtered = browser.open(collection + "?min=60&sort=price");
        assertTrue(filtered.page().text().contains("2 deals of 3 match."), filtered.toString());
        assertEquals("60", filtered.find("[name=min]").val());
        assertEquals(
                "?min=60&sort=price&reverse=true",
                filtered.find("thead a:contains(Price)").attr("href"));
    }

    @Test
    void leavesOutColumnsInWhichAllDealsAreEqualAndNamesThem() {
        assertEquals(List.of("Deal", "State", "Price", "Memory", "Case"), heads("?differences=true"));
        assertTrue(
                browser.open(collection + "?differences=true").page().text().contains("Equal in all: Condition Used"));
    }

    @Test
    void keepsDecisionsOfARowAndTheViewInWhichTheyWereMade() {
        String query = "?sort=price";
        View view = browser.open(collection + query);
        String item = items().get(0).path("id").asText();
        View after = act(view, "status:" + item + ":rejected");
        assertEquals(collection + query + "#i" + item, after.path());
        assertEquals("rejected", items().get(0).path("status").asText());
        assertEquals("Rejected", after.text("tr:has(#i" + item + ") .tag"));
        assertTrue(after.find("tr:has(#i" + item + ")").hasClass("gone"));
        assertEquals("", after.text("td.best"), "one deal is left, which is compared with none");
        act(after, "status:" + item + ":undecided");
        assertEquals("undecided", items().get(0).path("status").asText());
    }

    private View act(View view, String change) {
        return browser.post(
                collection + "/items",
                Map.of(
                        "csrf", view.find("#act [name=csrf]").val(),
                        "query", view.find("[form=act][name=query]").val(),
                        "do", change),
                "Sec-Fetch-Site",
                "same-origin");
    }

    @Test
    void movesADealUpAndDown() {
        View view = browser.open(collection);
        String down = view.page().select("button[title='Move down']").first().val();
        act(view, down);
        assertEquals("Gone Slow Fast", titles(""));
        View moved = browser.open(collection);
        act(moved, moved.page().select("button[title='Move up']").last().val());
        assertEquals("Gone Fast Slow", titles(""));
        assertEquals(
                0,
                browser.open(collection + "?sort=price")
                        .page()
                        .select("button[title^=Move]")
                        .size());
    }

    @Test
    void keepsTheNoteOfADealAndMovesItToAPlace() {
        String page = collection + "/items/" + items().get(2).path("id").asText();
        View saved = browser.submit(
                browser.open(page), page, Map.of("notes", "loud & <hot>", "status", "shortlisted", "position", "1"));
        assertEquals("Saved.", saved.text("[role=status]"), saved.toString());
        assertEquals("Fast Slow Gone", titles(""));
        assertEquals("loud & <hot>", items().get(0).path("notes").asText());
        assertTrue(saved.text("td.state").contains("loud & <hot>"), saved.toString());

        View wrong = browser.submit(browser.open(page), page, Map.of("notes", "x".repeat(501), "position", "first"));
        assertEquals(422, wrong.status());
        assertFalse(wrong.text("#f-notes-error").isEmpty(), wrong.toString());
        assertFalse(wrong.text("#f-position-error").isEmpty(), wrong.toString());
        assertEquals("x".repeat(501), wrong.find("[name=notes]").wholeText());
    }

    @Test
    void removesADeal() {
        String page = collection + "/items/" + items().get(0).path("id").asText();
        View after = browser.submit(browser.open(page), page + "/delete", Map.of());
        assertEquals(collection + "?done=removed", after.path());
        assertEquals("Gone Fast", titles(""));
    }

    @Test
    void hidesCollectionsOfOthersAndUnknownOnes() {
        Browser bob = Person.signUp(api, "bob").browser();
        String item = collection + "/items/" + items().get(0).path("id").asText();
        for (String page :
                List.of(collection, collection + "/edit", collection + "/share", collection + "/delete", item)) {
            assertEquals(404, bob.open(page).status(), page);
        }
        assertEquals(404, browser.open("/collections/999999").status());
        assertTrue(new Browser(api).open(collection).path().startsWith("/sign-in?next="));
    }

    @Test
    void showsAPublicCollectionToOthersWithoutDecisions() {
        String item = items().get(0).path("id").asText();
        ada.patch("/api/v1" + collection + "/items/" + item, "{\"notes\": \"secret\", \"status\": \"rejected\"}");
        ada.patch("/api/v1" + collection + "/visibility", "{\"visibility\": \"public\"}");
        View view = new Browser(api).open(collection);
        assertEquals(200, view.status(), view.toString());
        assertTrue(view.page().text().contains("kept by " + username), view.toString());
        assertFalse(
                view.response().text().contains("secret") || view.page().text().contains("Rejected"));
        assertEquals(0, view.page().select("form#act, [name=do], .state").size());
        Browser bob = Person.signUp(api, "bob").browser();
        View copied = bob.submit(bob.open(collection + "/copy"), collection + "/copy", Map.of());
        assertEquals("The collection is created.", copied.text("[role=status]"), copied.toString());
        assertEquals(1, copied.page().select("form#act").size());
        assertEquals(404, bob.open(collection + "/items/" + item).status());
    }

    @Test
    void takesAsManyStatementsForManyDealsAsForOne() {
        String one = path(ada.post("/api/v1/collections", "{\"name\": \"One\"}"));
        String many = path(ada.post("/api/v1/collections", "{\"name\": \"Many\"}"));
        List<Long> ids = IntStream.range(0, 150)
                .mapToObj(i -> "{\"title\": \"PC " + i + "\", \"price_usd\": " + (i + 1) + "}")
                .map(listing ->
                        ada.post("/api/v1/listings", listing).json().path("id").asLong())
                .toList();
        ada.post("/api/v1" + one + "/items/bulk", "{\"listing_ids\": " + ids.subList(0, 1) + "}");
        ada.post("/api/v1" + many + "/items/bulk", "{\"listing_ids\": " + ids + "}");
        View first = browser.open(one);
        View second = browser.open(many);
        assertEquals(150, second.page().select("tbody tr").size());
        assertEquals(
                first.response().header("X-DB-Queries").orElseThrow(),
                second.response().header("X-DB-Queries").orElseThrow());
        assertTrue(Integer.parseInt(first.response().header("X-DB-Queries").orElseThrow()) <= 2, "session and table");
    }

    /** All deals have different facts, and all buttons. */
    @Test
    void has150DealsIn15Kilobytes() {
        List<String> cpus = IntStream.range(0, 30)
                .mapToObj(i -> ada.post(
                        "/api/v1/catalog/cpus",
                        "{\"name\": \"Core i%d-%d of %s\", \"cpu_mark_multi\": %d}"
                                .formatted(3 + i % 4 * 2, 8000 + i * 130, username, 4000 + i * 811)))
                .map(cpu -> cpu.json().path("id").asText())
                .toList();
        String many = path(ada.post("/api/v1/collections", "{\"name\": \"Many\"}"));
        List<Long> ids = IntStream.range(0, 150)
                .mapToObj(i -> """
                        {"title": "ThinkStation P3 Tiny number %d with %d GB", "price_usd": %d.99, "cpu_id": %s,
                         "ram_gb": %d, "primary_storage_gb": %d, "condition": "%s", "form_factor": "Mini",
                         "adjusted_price_usd": %d.49, "score_composite": %d}
                        """.formatted(
                                i * 37 % 1000,
                                8 << i % 4,
                                80 + i * 37 % 1400,
                                cpus.get(i * 7 % 30),
                                8 << i % 4,
                                256 << i % 3,
                                List.of("new", "refurb", "used").get(i % 3),
                                70 + i * 31 % 1400,
                                i * 17 % 100))
                .map(listing ->
                        ada.post("/api/v1/listings", listing).json().path("id").asLong())
                .toList();
        ada.post("/api/v1" + many + "/items/bulk", "{\"listing_ids\": " + ids + "}");
        View page = browser.open(many);
        assertEquals(150, page.page().select("tbody tr").size());
        assertEquals(
                List.of("Deal", "State", "Price", "Machine alone", "Score", "Per CPU mark", "Processor", "CPU mark"),
                page.page().select("thead th").eachText().subList(0, 8));
        int bytes = browser.get(many, "Accept-Encoding", "gzip").http().body().length;
        assertTrue(bytes <= 15 * 1024, bytes + " bytes");
    }

    @Test
    void givesEachSessionAPageWithItsOwnKey() {
        Browser other = new Browser(api);
        other.signIn(username, Person.PASSWORD);
        View first = browser.open(collection);
        View second = other.open(collection);
        String item = items().get(0).path("id").asText();
        assertFalse(keyOf(first).isEmpty());
        assertFalse(keyOf(first).equals(keyOf(second)), "one key for two sessions");
        assertEquals(keyOf(first), keyOf(browser.open(collection)));
        assertEquals(
                403,
                browser.post(
                                collection + "/items",
                                Map.of("csrf", keyOf(second), "query", "", "do", "status:" + item + ":rejected"),
                                "Sec-Fetch-Site",
                                "same-origin")
                        .status());
        assertEquals("undecided", items().get(0).path("status").asText());
    }

    private static String keyOf(View view) {
        return view.find("#act [name=csrf]").val();
    }

    @Test
    void showsAChangeOfAListingAtOnce() {
        browser.open(collection);
        ada.patch("/api/v1/listings/" + items().get(0).path("listing_id").asText(), "{\"price_usd\": 400}");
        assertEquals("$300.00best price", browser.open(collection).text("td.best"));
    }
}
