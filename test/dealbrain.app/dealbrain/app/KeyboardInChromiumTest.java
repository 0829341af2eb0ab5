package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Chromium;
import dealbrain.testing.Keyboard;
import dealbrain.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** What people do with the pages, by the keyboard alone. */
@Tag("faults")
@Timeout(600)
class KeyboardInChromiumTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of("DEALBRAIN_SIGNUP", "open"));

    @Test
    void isEnoughForADeal() {
        application.api().signUp("bob");
        application.api().signUp("ada");
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            chromium.screen(1280, 900, false);
            Keyboard keyboard = new Keyboard(chromium);
            signIn(chromium, keyboard);
            note(chromium, keyboard, "Lenovo ThinkCentre M720q 16GB 256GB NVMe $189.99");
            note(chromium, keyboard, "Dell OptiPlex 3060 8GB 256GB SSD $119");
            decide(chromium, keyboard);
            changeTheStatus(chromium, keyboard);
            share(chromium, keyboard);
        }
    }

    private static void signIn(Chromium chromium, Keyboard keyboard) {
        chromium.open("/");
        keyboard.follow("Sign in", Keys.ENTER);
        keyboard.reach("Skip to the content");
        keyboard.press(Keys.ENTER);
        keyboard.type("Username", "ada");
        keyboard.type("Password", Api.PASSWORD);
        keyboard.follow("Sign in", Keys.SPACE);
        assertTrue(chromium.text().contains("Hello, ada"), chromium.text());
    }

    private static void note(Chromium chromium, Keyboard keyboard, String offer) {
        keyboard.follow("New deal", Keys.ENTER);
        keyboard.type("The offer", offer);
        keyboard.follow("Recognise", Keys.ENTER);
        keyboard.follow("Save", Keys.ENTER);
        assertTrue(chromium.text().contains("Saved."), chromium.text());
    }

    private static void decide(Chromium chromium, Keyboard keyboard) {
        keyboard.follow("Home", Keys.ENTER);
        keyboard.follow("My deals", Keys.ENTER);
        assertTrue(chromium.find("tbody tr").startsWith("Lenovo"), chromium.text());
        keyboard.follow("Shortlist", Keys.SPACE);
        assertTrue(chromium.has("tbody tr:first-child .a-undo"), chromium.text());
        keyboard.follow("Move down", Keys.SPACE);
        assertTrue(chromium.find("tbody tr").startsWith("Dell"), chromium.text());
        keyboard.reach("Filter and sort");
        keyboard.press(Keys.SPACE);
        keyboard.type("Price from", "150");
        keyboard.follow("Show", Keys.ENTER);
        assertTrue(chromium.find("tbody tr").startsWith("Lenovo"), chromium.text());
        keyboard.follow("Show all", Keys.ENTER);
    }

    private static void changeTheStatus(Chromium chromium, Keyboard keyboard) {
        keyboard.follow("Dell OptiPlex", Keys.ENTER);
        keyboard.reach("Status");
        keyboard.press(Keys.ARROW_DOWN);
        keyboard.follow("Set the status", Keys.ENTER);
        assertEquals("pending", chromium.value("status"));
    }

    private static void share(Chromium chromium, Keyboard keyboard) {
        keyboard.follow("New link", Keys.ENTER);
        assertTrue(chromium.has(".links li"), chromium.text());
        keyboard.type("Username", "bob");
        keyboard.type("Message", "For your rack?");
        keyboard.follow("Send", Keys.ENTER);
        assertTrue(chromium.text().contains("Sent."), chromium.text());
    }
}
