package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Chromium;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counts the clicks of a day on which deals are noted, compared and sent. */
@Tag("faults")
@Timeout(600)
class ClicksInChromiumTest {
    /** What it took with the API was 66 requests. */
    private static final int MAX_CLICKS = 60;

    private static final List<String> OFFERS = IntStream.rangeClosed(1, 12)
            .mapToObj(each -> "Lenovo ThinkCentre M720q No. " + each + " i5-8500T 16GB 256GB NVMe $" + (200 - each))
            .toList();

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of("DEALBRAIN_SIGNUP", "open"));

    /** Twelve offers are noted and compared, and the two cheapest are sent to a friend. */
    @Test
    void areFewForTwelveOffers(TestReporter reporter) {
        application.admin().post("/api/v1/catalog/cpus", "{\"name\": \"Intel Core i5-8500T\"}");
        Api bob = application.api().signUp("bob");
        application.api().signUp("ada");
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            chromium.screen(1280, 900, false);
            chromium.signIn("ada", Api.PASSWORD);
            note(chromium);
            chromium.click("Home");
            chromium.click("My deals");
            assertTrue(chromium.text().contains("12 deals"), chromium.text());
            chromium.click("Price");
            chromium.click("Show only differences");
            assertFalse(chromium.has("tbody td[data-name=Processor]"), "all have the same processor");
            send(chromium, "No. 12");
            chromium.click("Home");
            chromium.click("My deals");
            send(chromium, "No. 11");
            assertEquals(2, bob.get("/api/v1/user-shares").json().size());
            reporter.publishEntry("clicks", String.valueOf(chromium.clicks()));
            assertTrue(chromium.clicks() <= MAX_CLICKS, chromium.clicks() + " clicks");
        }
    }

    private static void note(Chromium chromium) {
        chromium.click("New deal");
        for (String offer : OFFERS) {
            chromium.type("offer", offer);
            chromium.click("Recognise");
            chromium.clickOn("button[name=next]");
            assertTrue(chromium.text().contains("Saved."), chromium.text());
        }
    }

    private static void send(Chromium chromium, String deal) {
        chromium.click(deal);
        chromium.type("recipient_username", "bob");
        chromium.type("message", "For your rack?");
        chromium.click("Send");
        assertTrue(chromium.text().contains("Sent."), chromium.text());
    }
}
