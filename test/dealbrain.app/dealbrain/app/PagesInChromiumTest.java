package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Chromium;
import dealbrain.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every page in a real browser: axe finds nothing, and no page is wider than its screen. Writes a picture of each, wide
 * and narrow, light and dark, to {@code build/pages}, for people to look at.
 */
@Tag("faults")
@Timeout(600)
class PagesInChromiumTest {
    /** That of {@link Api#signUp}. */
    private static final String PASSWORD = "correct horse battery";

    private static final Path PICTURES = Path.of("build", "pages");

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application =
            new RunningApplication(database, Map.of("DEALBRAIN_DEMO", "on", "DEALBRAIN_SIGNUP", "open"));

    /** What is wrong with the pages, a line each. */
    private final List<String> wrong = new ArrayList<>();

    private void look(Chromium chromium, String name) {
        for (boolean dark : new boolean[] {false, true}) {
            look(chromium, name, 360, dark, !dark);
            look(chromium, name, 1280, dark, dark);
        }
    }

    /** @param check whether axe checks the page; it needs a second for each */
    private void look(Chromium chromium, String name, int width, boolean dark, boolean check) {
        chromium.screen(width, width == 360 ? 740 : 900, dark);
        String picture = name + "-" + width + (dark ? "-dark" : "");
        chromium.save(PICTURES.resolve(picture + ".png"));
        if (check) {
            chromium.violations().forEach(each -> wrong.add(picture + ": " + each));
        }
        if (chromium.overflow() > 0) {
            wrong.add(picture + ": is " + chromium.overflow() + " pixels wider than the screen");
        }
    }

    private void look(Chromium chromium, Map<String, String> pages) {
        pages.forEach((name, path) -> {
            chromium.open(path);
            look(chromium, name);
        });
    }

    private void assertNothingIsWrong() {
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    private static void signIn(Chromium chromium, String username, String password) {
        chromium.open("/sign-in");
        chromium.type("username", username);
        chromium.type("password", password);
        chromium.clickOn("main button");
    }

    @Test
    void ofPeopleWhoAreNotSignedIn() {
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            look(
                    chromium,
                    Map.of(
                            "start", "/",
                            "sign-in", "/sign-in",
                            "sign-up", "/sign-up",
                            "discover", "/discover",
                            "not-found", "/nothing"));
            signIn(chromium, "nobody", "wrong password");
            assertEquals("nobody", chromium.value("username"));
            look(chromium, "sign-in-wrong");
        }
        assertNothingIsWrong();
    }

    @Test
    void ofSomebodyWhoHasNothing() {
        application.api().signUp("nobody-yet");
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            signIn(chromium, "nobody-yet", PASSWORD);
            look(chromium, Map.of("empty-home", "/", "empty-inbox", "/inbox", "empty-account", "/account"));
        }
        assertNothingIsWrong();
    }

    @Test
    void ofAnAdministrator() {
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            signIn(chromium, "admin", RunningApplication.ADMIN_PASSWORD);
            look(
                    chromium,
                    Map.of(
                            "home", "/",
                            "inbox", "/inbox",
                            "account", "/account",
                            "admin", "/admin",
                            "admin-invites", "/admin/invites",
                            "admin-audit", "/admin/audit"));
        }
        assertNothingIsWrong();
    }
}
