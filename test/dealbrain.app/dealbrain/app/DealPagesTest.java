package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Browser;
import dealbrain.testing.Browser.View;
import dealbrain.testing.Person;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    private static final String LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk".repeat(3);

    private final Person person = Person.signUp(application.api(), "ada");
    private final Api ada = person.api();
    private final Browser browser = person.browser();

    @Nested
    class ListOfDeals {
        @Test
        void findsMineOrAll() {
            String word = "w" + UUID.randomUUID().toString().replace("-", "");
            person.deal(word + " one");
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
                person.deal("PC " + i);
            }
            View first = browser.open("/deals?sort=price_usd");
            assertEquals(20, first.page().select("tbody tr").size());
            View next = browser.open(first.find("a[rel=next]").attr("href"));
            assertEquals(1, next.page().select("tbody tr").size());
            assertTrue(next.find("[name=sort] [selected]").val().equals("price_usd"));
        }

        @Test
        void addsTheTickedDealsToACollection() {
            long deal = person.deal("A PC");
            long rack = person.collection("Rack");
            View added =
                    browser.submit(browser.open("/deals"), "/deals/collect", Map.of("listing_id", Long.toString(deal)));
            assertEquals("Added to the collection.", added.text(".notice"));
            assertEquals(List.of("A PC"), person.titles(rack));
            View none = browser.submit(browser.open("/deals"), "/deals/collect", Map.of());
            assertTrue(none.text(".notice").startsWith("No deal was chosen."));
        }

        @Test
        void saysWhatIsWrongWithASearch() {
            View wrong = browser.open("/deals?min_price=cheap&q=words");
            assertEquals(422, wrong.status(), wrong.toString());
            assertTrue(wrong.text("#f-min_price-error").startsWith("Price from, $ must be"), wrong.toString());
            assertEquals("words", wrong.find("[name=q]").val());
        }
    }

    @Nested
    class OneDeal {
        @Test
        void changesOnlyTheFieldsThatDiffer() {
            long id = person.deal("A PC");
            ada.patch(
                    "/api/v1/listings/" + id,
                    "{\"ram_spec\": \"16 GB DDR4-3200\", \"price_date\": \"2020-01-01T00:00:00Z\"}");
            View edit = browser.open("/deals/" + id + "/edit");
            View saved = browser.submit(edit, "/deals/" + id, Map.of("title", "Another PC"));
            assertEquals("Another PC", saved.text("h1"), saved.toString());
            assertEquals(
                    "2020-01-01T00:00:00Z", person.stored(id).path("price_date").asText());
            assertEquals(3200, person.stored(id).at("/ram_spec/speed_mhz").asInt());

            View cheaper = browser.open("/deals/" + id + "/edit");
            browser.submit(cheaper, "/deals/" + id, Map.of("price_usd", "$90", "ram_spec", "32 GB"));
            assertEquals(90, person.stored(id).path("price_usd").asInt());
            assertFalse(person.stored(id).path("price_date").asText().startsWith("2020"));
            assertTrue(person.stored(id).path("ram_spec").isNull());
            assertEquals(32, person.stored(id).path("ram_gb").asInt());
        }

        @Test
        void doesNotOverwriteAChangeSilently() {
            long id = person.deal("A PC");
            View edit = browser.open("/deals/" + id + "/edit");
            ada.patch("/api/v1/listings/" + id, "{\"seller\": \"Bob\"}");
            View conflict = browser.submit(edit, "/deals/" + id, Map.of("seller", "Eve"));
            assertEquals(412, conflict.status(), conflict.toString());
            assertEquals("Eve", conflict.find("[name=seller]").val());
            assertEquals("Stored now: Bob", conflict.text("#f-seller-hint"));
            assertEquals("Bob", person.stored(id).path("seller").asText());
            browser.submit(conflict, "/deals/" + id, Map.of());
            assertEquals("Eve", person.stored(id).path("seller").asText());
        }

        @Test
        void isReadOnlyForOthers() {
            long id = person.deal("A PC");
            Browser other = Person.signUp(application.api(), "bob").browser();
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
            assertEquals("A PC", person.stored(id).path("title").asText());
        }

        @Test
        void isSharedByALinkThatEnds() {
            long id = person.deal("A PC");
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
            long id = person.deal("A PC");
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
            long id = person.deal("A PC");
            View sold = browser.submit(
                    browser.open("/deals/" + id), "/deals/" + id + "/status", Map.of("status", "archived"));
            assertEquals("No longer available", sold.text(".tag.gone"));
            long rack = person.collection("Rack");
            browser.submit(browser.open("/deals/" + id), "/deals/" + id + "/collect", Map.of());
            assertEquals(List.of("A PC"), person.titles(rack));
            View confirm = browser.open("/deals/" + id + "/delete");
            assertEquals("A PC", confirm.text("main strong"));
            View gone = browser.submit(confirm, "/deals/" + id + "/delete", Map.of());
            assertEquals("Deleted.", gone.text(".notice"));
            assertEquals(404, browser.open("/deals/" + id).status());
        }

        @Test
        void escapesEveryText() {
            long id = person.deal("<script>x</script> 💻 مرحبا " + LONG);
            View page = browser.open("/deals/" + id);
            assertEquals(0, page.page().select("script").size());
            assertEquals("<script>x</script> 💻 مرحبا " + LONG, page.text("h1"));
        }
    }

    @Test
    void executesAFixedNumberOfStatements() {
        long id = person.deal("A PC");
        person.collection("Rack");
        List<String> paths =
                List.of("/deals", "/deals?owner=all&q=pc", "/deals/" + id, "/deals/" + id + "/edit", "/deals/new");
        List<String> few = paths.stream().map(this::statements).toList();
        for (int i = 0; i < 5; i++) {
            person.deal("Another PC " + i);
            person.collection("Rack " + i);
            ada.share("/api/v1/listings/" + id);
        }
        few = paths.stream().map(this::statements).toList();
        for (int i = 5; i < 10; i++) {
            person.deal("Another PC " + i);
            person.collection("Rack " + i);
            ada.share("/api/v1/listings/" + id);
        }
        assertEquals(few, paths.stream().map(this::statements).toList());
    }

    private String statements(String path) {
        return browser.open(path).response().header("X-DB-Queries").orElseThrow();
    }
}
