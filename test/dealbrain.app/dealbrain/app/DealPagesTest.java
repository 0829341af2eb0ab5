package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Browser;
import dealbrain.testing.Browser.View;
import dealbrain.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of deals: to note, to find, to change, to share and to delete them. */
class DealPagesTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final String PASSWORD = "correct horse battery";
    private static final String LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk".repeat(3);

    private final String username = "ada-" + UUID.randomUUID().toString().substring(0, 8);
    private final Browser browser = new Browser(application.api());
    private Api ada;

    @BeforeEach
    void signIn() {
        ada = application.api().signUp(username);
        browser.signIn(username, PASSWORD);
    }

    private long deal(String title) {
        return ada.post("/api/v1/listings", "{\"title\": \"" + title + "\", \"price_usd\": 100}")
                .json()
                .path("id")
                .asLong();
    }

    private long collection(String name) {
        return ada.post("/api/v1/collections", "{\"name\": \"" + name + "\"}")
                .json()
                .path("id")
                .asLong();
    }

    private List<String> titles(long collection) {
        return ada.get("/api/v1/collections/" + collection).json().path("items").findValuesAsText("title");
    }

    private JsonNode stored(long deal) {
        return ada.get("/api/v1/listings/" + deal).json();
    }

    @Nested
    class NewDeal {
        private View paste(String offer) {
            return browser.submit(browser.open("/deals/new"), "/deals/new", Map.of("offer", offer));
        }

        private View save(View form, String button, Map<String, String> values) {
            Map<String, String> all = new LinkedHashMap<>(values);
            all.put(button, "1");
            return browser.submit(form, "/deals", all);
        }

        @Test
        void goesFromAPastedOfferToTheCollection() {
            application.admin().post("/api/v1/catalog/cpus", "{\"name\": \"Intel Core i5-8500T\"}");
            collection("Older");
            long rack = collection("Rack");
            View form = paste("""
                    Lenovo ThinkCentre M720q Tiny i5-8500T 16GB 256GB NVMe
                    https://www.ebay.com/itm/123456789012
                    Price: $189.99
                    """);
            assertEquals(200, form.status(), form.toString());
            assertEquals("Core i5-8500T", form.find("[name=cpu]").val());
            assertEquals("16 GB", form.find("[name=ram_spec]").val());
            assertEquals(
                    "256 GB NVMe", form.find("[name=primary_storage_profile]").val());
            assertEquals("189.99", form.find("[name=price_usd]").val());
            assertEquals("From the title.", form.text("#f-cpu-hint"));
            assertEquals("Not found in the offer.", form.text("#f-condition-hint"));

            View deal = save(form, "save", Map.of("condition", "used"));
            assertEquals(303, deal.first().status(), deal.toString());
            assertEquals("Lenovo ThinkCentre M720q Tiny i5-8500T 16GB 256GB NVMe", deal.text("h1"));
            assertEquals("Saved.", deal.text(".notice"));
            assertEquals("$189.99", deal.text(".price"));
            assertTrue(deal.text("dl").contains("256 GB NVMe SSD"), deal.toString());
            assertTrue(deal.text("dl").contains("Intel Core i5-8500T"), deal.toString());
            assertEquals(List.of("Lenovo ThinkCentre M720q Tiny i5-8500T 16GB 256GB NVMe"), titles(rack));
        }

        @Test
        void goesOnWithTheNextOne() {
            collection("Newer");
            long rack = collection("Rack");
            View next = save(paste("First PC"), "next", Map.of("collection", Long.toString(rack)));
            assertEquals("/deals/new?collection=" + rack + "&done=saved", next.path());
            View form = browser.submit(next, "/deals/new", Map.of("offer", "Second PC"));
            save(form, "next", Map.of());
            assertEquals(List.of("First PC", "Second PC"), titles(rack));
        }

        @Test
        void makesTheFirstCollection() {
            save(paste("First PC"), "save", Map.of());
            JsonNode collections = ada.get("/api/v1/collections").json();
            assertEquals("My deals", collections.at("/0/name").asText());
            assertEquals(List.of("First PC"), titles(collections.at("/0/id").asLong()));
        }

        @Test
        void showsWhatABookmarkSends() {
            View form =
                    browser.open("/deals/new?url=https%3A%2F%2Fwww.ebay.com%2Fitm%2F1234567890&title=A+PC&text=%2499");
            assertEquals("A PC", form.find("[name=title]").val());
            assertEquals(
                    "https://www.ebay.com/itm/1234567890",
                    form.find("[name=listing_url]").val());
            assertTrue(browser.open("/deals/new")
                    .find("a[href^=javascript]")
                    .attr("href")
                    .contains("/deals/new?url="));
        }

        @Test
        void keepsEverythingThatWasTyped() {
            Map<String, String> typed = Map.of(
                    "title", "<b>PC</b> " + LONG,
                    "price_usd", "a lot",
                    "cpu", "No Such 1000",
                    "notes", "two\nlines",
                    "secondary_storage_profile", "big");
            View wrong = save(paste("PC"), "save", typed);
            assertEquals(422, wrong.status(), wrong.toString());
            typed.forEach((name, value) -> {
                var field = wrong.find("[name=" + name + "]");
                assertEquals(value, field.normalName().equals("textarea") ? field.wholeText() : field.val());
            });
            assertFalse(wrong.text("#f-price_usd-error").isEmpty(), wrong.toString());
            assertTrue(wrong.find("details").hasAttr("open")
                    || wrong.text("#f-secondary_storage_profile-error").isEmpty());
            assertEquals(0, ada.get("/api/v1/listings?owner=me").json().size());
        }

        @Test
        void offersTheProcessorsThatAreMeant() {
            for (String name : List.of("Apple M2 (8 GPU cores)", "Apple M2 (10 GPU cores)")) {
                application.admin().post("/api/v1/catalog/cpus", "{\"name\": \"" + name + "\"}");
            }
            View wrong = save(paste("Mac mini"), "save", Map.of("cpu", "Apple M2"));
            assertEquals(422, wrong.status(), wrong.toString());
            assertEquals(3, wrong.page().select("[name=cpu_choice] option").size(), wrong.toString());
            View deal = save(wrong, "save", Map.of("cpu_choice", "Apple M2 (10 GPU cores)"));
            assertTrue(deal.text("dl").contains("Apple M2 (10 GPU cores)"), deal.toString());
        }

        @Test
        void namesPossibleDuplicates() {
            long first = deal("A  Certain PC");
            View form = paste("a certain PC");
            assertEquals("/deals/" + first, form.find(".notice a").attr("href"));
            assertEquals(
                    0,
                    paste("A PC that nobody else has noted")
                            .page()
                            .select(".notice")
                            .size());

            ada.post(
                    "/api/v1/listings",
                    "{\"title\": \"Mine\", \"marketplace\": \"ebay\", \"vendor_item_id\": \"123456789012\"}");
            View again = paste("Other words\nhttps://www.ebay.com/itm/123456789012");
            assertTrue(again.text(".notice").contains("Mine is your deal with this number"), again.toString());
            View refused = save(again, "save", Map.of());
            assertEquals(409, refused.status());
            assertFalse(refused.text("#f-vendor_item_id-error").isEmpty(), refused.toString());
        }
    }

    @Nested
    class ListOfDeals {
        @Test
        void findsMineOrAll() {
            String word = "w" + UUID.randomUUID().toString().replace("-", "");
            deal(word + " one");
            application.admin().post("/api/v1/listings", "{\"title\": \"" + word + " two\"}");
            assertEquals(word + " one", browser.open("/deals").text("tbody th a"));
            assertEquals(
                    word + " two " + word + " one",
                    browser.open("/deals?owner=all&q=" + word).text("tbody th a"));
            assertEquals(
                    "",
                    browser.open("/deals?owner=all&q=" + word + "&min_price=101")
                            .text("tbody th a"));
        }

        @Test
        void goesToTheNextPage() {
            for (int i = 0; i < 21; i++) {
                deal("PC " + i);
            }
            View first = browser.open("/deals?sort=price_usd");
            assertEquals(20, first.page().select("tbody tr").size());
            View next = browser.open(first.find("a[rel=next]").attr("href"));
            assertEquals(1, next.page().select("tbody tr").size());
            assertTrue(next.find("[name=sort] [selected]").val().equals("price_usd"));
        }

        @Test
        void addsTheTickedDealsToACollection() {
            long deal = deal("A PC");
            long rack = collection("Rack");
            View added =
                    browser.submit(browser.open("/deals"), "/deals/collect", Map.of("listing_id", Long.toString(deal)));
            assertEquals("Added to the collection.", added.text(".notice"));
            assertEquals(List.of("A PC"), titles(rack));
            View none = browser.submit(browser.open("/deals"), "/deals/collect", Map.of());
            assertTrue(none.text(".notice").startsWith("No deal was chosen."));
        }

        @Test
        void saysWhatIsWrongWithASearch() {
            View wrong = browser.open("/deals?min_price=cheap&q=words");
            assertEquals(422, wrong.status(), wrong.toString());
            assertTrue(wrong.text("[role=alert]").startsWith("Min_price"), wrong.toString());
            assertEquals("words", wrong.find("[name=q]").val());
        }
    }

    @Nested
    class OneDeal {
        @Test
        void changesOnlyTheFieldsThatDiffer() {
            long id = deal("A PC");
            ada.patch(
                    "/api/v1/listings/" + id,
                    "{\"ram_spec\": \"16 GB DDR4-3200\", \"price_date\": \"2020-01-01T00:00:00Z\"}");
            View edit = browser.open("/deals/" + id + "/edit");
            View saved = browser.submit(edit, "/deals/" + id, Map.of("title", "Another PC"));
            assertEquals("Another PC", saved.text("h1"), saved.toString());
            assertEquals("2020-01-01T00:00:00Z", stored(id).path("price_date").asText());
            assertEquals(3200, stored(id).at("/ram_spec/speed_mhz").asInt());

            View cheaper = browser.open("/deals/" + id + "/edit");
            browser.submit(cheaper, "/deals/" + id, Map.of("price_usd", "$90", "ram_spec", "32 GB"));
            assertEquals(90, stored(id).path("price_usd").asInt());
            assertFalse(stored(id).path("price_date").asText().startsWith("2020"));
            assertTrue(stored(id).path("ram_spec").isNull());
            assertEquals(32, stored(id).path("ram_gb").asInt());
        }

        @Test
        void doesNotOverwriteAChangeSilently() {
            long id = deal("A PC");
            View edit = browser.open("/deals/" + id + "/edit");
            ada.patch("/api/v1/listings/" + id, "{\"seller\": \"Bob\"}");
            View conflict = browser.submit(edit, "/deals/" + id, Map.of("seller", "Eve"));
            assertEquals(412, conflict.status(), conflict.toString());
            assertEquals("Eve", conflict.find("[name=seller]").val());
            assertEquals("Stored now: Bob", conflict.text("#f-seller-hint"));
            assertEquals("Bob", stored(id).path("seller").asText());
            browser.submit(conflict, "/deals/" + id, Map.of());
            assertEquals("Eve", stored(id).path("seller").asText());
        }

        @Test
        void isReadOnlyForOthers() {
            long id = deal("A PC");
            Browser other = new Browser(application.api());
            String bob = "bob-" + UUID.randomUUID().toString().substring(0, 8);
            application.api().signUp(bob);
            other.signIn(bob, PASSWORD);
            View page = other.open("/deals/" + id);
            assertEquals(200, page.status());
            assertEquals(
                    0,
                    page.page()
                            .select("form[action$=status], a[href$=edit], a[href$=delete]")
                            .size());
            assertEquals(403, other.open("/deals/" + id + "/edit").status());
            assertEquals(403, other.open("/deals/" + id + "/delete").status());
            String key = page.find("[name=csrf]").val();
            for (String action : List.of("", "/status", "/delete")) {
                View refused = other.post(
                        "/deals/" + id + action,
                        Map.of("csrf", key, "title", "Hers", "status", "archived"),
                        "Sec-Fetch-Site",
                        "same-origin");
                assertEquals(403, refused.status(), action + refused);
            }
            assertEquals("A PC", stored(id).path("title").asText());
        }

        @Test
        void isSharedByALinkThatEnds() {
            long id = deal("A PC");
            View deal = browser.submit(browser.open("/deals/" + id), "/deals/" + id + "/links", Map.of());
            String link = deal.find(".links a").attr("href");
            String path = link.substring(link.indexOf("/deals/"));
            assertEquals(200, application.api().get(path).status());
            Api.Response code = browser.open(deal.find(".qr").attr("src")).response();
            assertEquals("image/svg+xml", code.header("Content-Type").orElseThrow());
            assertTrue(code.text().startsWith("<svg "), code.text());
            String end = deal.find("form[action$=end]").attr("action");
            View ended = browser.submit(deal, end, Map.of());
            assertEquals(0, ended.page().select(".links a").size(), ended.toString());
            assertEquals(404, application.api().get(path).status());
        }

        @Test
        void isSentToAUser() {
            long id = deal("A PC");
            View deal = browser.open("/deals/" + id);
            View wrong = browser.submit(
                    deal, "/deals/" + id + "/send", Map.of("recipient_username", "no-such-user", "message", "Look"));
            assertEquals(422, wrong.status(), wrong.toString());
            assertFalse(wrong.text("#f-recipient_username-error").isEmpty(), wrong.toString());
            assertEquals("Look", wrong.find("[name=message]").val());
            View sent = browser.submit(wrong, "/deals/" + id + "/send", Map.of("recipient_username", "admin"));
            assertEquals("Sent.", sent.text(".notice"), sent.toString());
        }

        @Test
        void hasAStatusACollectionAndAnEnd() {
            long id = deal("A PC");
            View sold = browser.submit(
                    browser.open("/deals/" + id), "/deals/" + id + "/status", Map.of("status", "archived"));
            assertEquals("No longer available", sold.text(".tag.gone"));
            long rack = collection("Rack");
            browser.submit(browser.open("/deals/" + id), "/deals/" + id + "/collect", Map.of());
            assertEquals(List.of("A PC"), titles(rack));
            View confirm = browser.open("/deals/" + id + "/delete");
            assertEquals("A PC", confirm.text("main strong"));
            View gone = browser.submit(confirm, "/deals/" + id + "/delete", Map.of());
            assertEquals("Deleted.", gone.text(".notice"));
            assertEquals(404, browser.open("/deals/" + id).status());
        }

        @Test
        void escapesEveryText() {
            long id = deal("<script>x</script> 💻 مرحبا " + LONG);
            View page = browser.open("/deals/" + id);
            assertEquals(0, page.page().select("script").size());
            assertEquals("<script>x</script> 💻 مرحبا " + LONG, page.text("h1"));
        }
    }

    @Test
    void executesAFixedNumberOfStatements() {
        long id = deal("A PC");
        collection("Rack");
        List<String> paths =
                List.of("/deals", "/deals?owner=all&q=pc", "/deals/" + id, "/deals/" + id + "/edit", "/deals/new");
        List<String> few = paths.stream().map(this::statements).toList();
        for (int i = 0; i < 5; i++) {
            deal("Another PC " + i);
            collection("Rack " + i);
            ada.share("/api/v1/listings/" + id);
        }
        few = paths.stream().map(this::statements).toList();
        for (int i = 5; i < 10; i++) {
            deal("Another PC " + i);
            collection("Rack " + i);
            ada.share("/api/v1/listings/" + id);
        }
        assertEquals(few, paths.stream().map(this::statements).toList());
    }

    private String statements(String path) {
        return browser.open(path).response().header("X-DB-Queries").orElseThrow();
    }
}
