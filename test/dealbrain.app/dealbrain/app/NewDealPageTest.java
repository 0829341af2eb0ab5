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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page to note a deal: what it recognises, asks, keeps and saves. */
class NewDealPageTest {
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
        person.collection("Older");
        long rack = person.collection("Rack");
        View form = paste("""
                Lenovo ThinkCentre M720q Tiny i5-8500T 16GB 256GB NVMe
                https://www.ebay.com/itm/123456789012
                Price: $189.99
                """);
        assertEquals(200, form.status(), form.toString());
        assertEquals("Core i5-8500T", form.find("[name=cpu]").val());
        assertEquals("16 GB", form.find("[name=ram_spec]").val());
        assertEquals("256 GB NVMe", form.find("[name=primary_storage_profile]").val());
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
        assertEquals(List.of("Lenovo ThinkCentre M720q Tiny i5-8500T 16GB 256GB NVMe"), person.titles(rack));
    }

    @Test
    void goesOnWithTheNextOne() {
        person.collection("Newer");
        long rack = person.collection("Rack");
        View next = save(paste("First PC"), "next", Map.of("collection", Long.toString(rack)));
        assertEquals("/deals/new?collection=" + rack + "&done=saved", next.path());
        View form = browser.submit(next, "/deals/new", Map.of("offer", "Second PC"));
        save(form, "next", Map.of());
        assertEquals(List.of("First PC", "Second PC"), person.titles(rack));
    }

    @Test
    void makesTheFirstCollection() {
        save(paste("First PC"), "save", Map.of());
        JsonNode collections = ada.get("/api/v1/collections").json();
        assertEquals("My deals", collections.at("/0/name").asText());
        assertEquals(List.of("First PC"), person.titles(collections.at("/0/id").asLong()));
    }

    @Test
    void showsWhatABookmarkSends() {
        View form = browser.open("/deals/new?url=https%3A%2F%2Fwww.ebay.com%2Fitm%2F1234567890&title=A+PC&text=%2499");
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
        assertFalse(wrong.text(".error").contains("null"), wrong.toString());
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
        long first = person.deal("A  Certain PC");
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
