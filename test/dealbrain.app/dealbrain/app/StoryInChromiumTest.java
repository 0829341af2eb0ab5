package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Chromium;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with the pages, from an invitation to the purchase, in a real browser. */
@Tag("faults")
@Timeout(600)
class StoryInChromiumTest {
    private static final String PASSWORD = "correct horse battery";
    private static final List<String> OFFERS = List.of(
            "Lenovo ThinkCentre M720q Tiny i5-8500T 16GB 256GB NVMe $189.99",
            "Dell OptiPlex 3060 Micro i5-8500T 8GB 256GB SSD $119",
            "HP EliteDesk 800 G4 Mini i5-8500T 32GB 512GB NVMe $249.50");

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application =
            new RunningApplication(database, Map.of("DEALBRAIN_SIGNUP", "closed"));

    @BeforeAll
    static void addTheProcessor() {
        application.admin().post("/api/v1/catalog/cpus", "{\"name\": \"Intel Core i5-8500T\"}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fromTheInvitationToThePurchase(boolean scripts) {
        String ada = "ada-" + scripts;
        String bob = "bob-" + scripts;
        try (Chromium chromium = Chromium.open(application.api().url(), scripts)) {
            chromium.screen(1280, 900, false);
            signUp(chromium, ada);
            OFFERS.forEach(offer -> note(chromium, offer));
            compare(chromium);
            sendTheCheapest(chromium, ada, bob);
            importAndThank(chromium, bob, ada);
            buy(chromium, ada, bob);
        }
    }

    private static void signUp(Chromium chromium, String username) {
        String code = application
                .admin()
                .post("/api/v1/invites", "{}")
                .json()
                .path("code")
                .asText();
        chromium.open("/sign-up?invite=" + code);
        chromium.type("username", username);
        chromium.type("password", PASSWORD);
        chromium.clickOn("main button");
        assertTrue(chromium.text().contains("Hello, " + username), chromium.text());
    }

    private static void signIn(Chromium chromium, String username) {
        chromium.click("Sign out");
        chromium.click("Sign in");
        chromium.type("username", username);
        chromium.type("password", PASSWORD);
        chromium.clickOn("main button");
        assertTrue(chromium.text().contains("Hello, " + username), chromium.text());
    }

    private static void note(Chromium chromium, String offer) {
        chromium.click("New deal");
        chromium.type("offer", offer);
        chromium.click("Recognise");
        assertTrue(chromium.value("cpu").contains("i5-8500T"), chromium.text());
        chromium.clickOn("button[name=save]");
        assertTrue(chromium.text().contains("Saved."), chromium.text());
    }

    private static void compare(Chromium chromium) {
        chromium.click("Home");
        chromium.click("My deals");
        assertTrue(chromium.text().contains("3 deals"), chromium.text());
        chromium.click("Price");
        assertTrue(chromium.find("tbody tr").startsWith("Dell OptiPlex"), "the cheapest is first: " + chromium.text());
        assertTrue(chromium.find("tbody tr").contains("best price"), chromium.text());
        chromium.click("Show only differences");
        assertFalse(chromium.has("tbody td[data-name=Processor]"), "all have the same processor");
    }

    private static void sendTheCheapest(Chromium chromium, String from, String to) {
        chromium.click("Sign out");
        signUp(chromium, to);
        signIn(chromium, from);
        chromium.click("My deals");
        chromium.click("Dell OptiPlex");
        send(chromium, to, "For your home lab?");
    }

    private static void send(Chromium chromium, String to, String message) {
        chromium.type("recipient_username", to);
        chromium.type("message", message);
        chromium.click("Send");
        assertTrue(chromium.text().contains("Sent."), chromium.text());
    }

    private static void importAndThank(Chromium chromium, String username, String sender) {
        signIn(chromium, username);
        chromium.click("Dell OptiPlex");
        assertTrue(chromium.text().contains("For your home lab?"), chromium.text());
        chromium.click("Import");
        assertTrue(chromium.text().contains("Imported into your collection."), chromium.text());
        chromium.click("Dell OptiPlex");
        send(chromium, sender, "Thank you, I take it");
    }

    private static void buy(Chromium chromium, String username, String friend) {
        signIn(chromium, username);
        chromium.click("Inbox");
        assertTrue(chromium.text().contains("Thank you, I take it"), chromium.text());
        assertTrue(chromium.text().contains(friend), chromium.text());
        chromium.click("Home");
        chromium.click("My deals");
        chromium.click("Dell OptiPlex");
        chromium.choose("status", "No longer available");
        chromium.click("Set the status");
        chromium.click("Home");
        chromium.click("My deals");
        chromium.click("Price");
        assertEquals(
                "Lenovo ThinkCentre",
                chromium.find("tr:has(.best)").substring(0, "Lenovo ThinkCentre".length()),
                "what was sold is no longer the best");
    }
}
