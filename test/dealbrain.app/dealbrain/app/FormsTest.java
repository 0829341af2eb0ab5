package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Browser;
import dealbrain.testing.Browser.View;
import dealbrain.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The forms of pages: which ones are refused, and how a page shows what is wrong. */
class FormsTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final Map<String, String> CREDENTIALS =
            Map.of("username", "admin", "password", RunningApplication.ADMIN_PASSWORD);

    private final Api api = application.api();
    private final Browser browser = new Browser(api);

    @Nested
    class ForeignForms {
        private int status(String... headers) {
            return browser.post("/sign-in", CREDENTIALS, headers).first().status();
        }

        @Test
        void areRefusedByWhatTheBrowserSaysOfTheirOrigin() {
            assertEquals(403, status());
            assertEquals(403, status("Sec-Fetch-Site", "cross-site"));
            assertEquals(403, status("Sec-Fetch-Site", "same-site"));
            assertEquals(403, status("Origin", "https://example.org"));
            assertEquals(403, status("Origin", "null"));
            assertEquals(403, status("Sec-Fetch-Site", "cross-site", "Origin", api.url()));
            assertTrue(browser.cookies().isEmpty());
        }

        @Test
        void areNotThoseOfThisServer() {
            assertEquals(303, status("Sec-Fetch-Site", "same-origin"));
            browser.cookies().clear();
            assertEquals(303, status("Sec-Fetch-Site", "none"));
            browser.cookies().clear();
            assertEquals(303, status("Origin", api.url()));
        }

        @Test
        void areRefusedWithoutTheKeyOfTheSession() {
            browser.signIn("admin", RunningApplication.ADMIN_PASSWORD);
            View refused = browser.post("/sign-out", Map.of(), "Sec-Fetch-Site", "same-origin");
            assertEquals(403, refused.status());
            assertEquals("The form did not come from a page of this server", refused.text("h1"));
            assertEquals(
                    403,
                    browser.post("/sign-out", Map.of("csrf", "x"), "Sec-Fetch-Site", "same-origin")
                            .status());

            Browser other = new Browser(api);
            String foreign = other.signIn("admin", RunningApplication.ADMIN_PASSWORD)
                    .find("[name=csrf]")
                    .val();
            View withForeignKey = browser.post("/sign-out", Map.of("csrf", foreign), "Sec-Fetch-Site", "same-origin");
            assertEquals(403, withForeignKey.status());
            assertEquals("Hello, admin", browser.open("/").text("h1"));
        }
    }

    @Test
    void showErrorsBesideTheirFieldsAndWhatWasTyped() {
        View wrong = browser.submit(
                browser.open("/sign-up"),
                "/sign-up",
                Map.of("username", "a", "display_name", "<b>Ada</b>", "password", "short"));
        assertEquals(422, wrong.status(), wrong.toString());
        assertEquals("a", wrong.find("[name=username]").val());
        assertEquals("<b>Ada</b>", wrong.find("[name=display_name]").val());
        assertEquals("", wrong.find("[name=password]").val());
        for (String name : new String[] {"username", "password"}) {
            assertEquals("true", wrong.find("[name=" + name + "]").attr("aria-invalid"));
            assertTrue(
                    wrong.find("[name=" + name + "]").attr("aria-describedby").startsWith("f-" + name + "-error"));
            assertTrue(
                    wrong.text("#f-" + name + "-error").startsWith(name.equals("username") ? "Username" : "Password"));
        }
        assertEquals("", wrong.text("[role=alert]"));
    }

    @Test
    void showAProblemOfOneFieldThere() {
        View taken = browser.submit(
                browser.open("/sign-up"), "/sign-up", Map.of("username", "Admin", "password", "correct horse battery"));
        assertEquals(409, taken.status());
        assertEquals("The username Admin is taken; choose another", taken.text("#f-username-error"));
    }

    @Test
    void mustBeWellFormedAndSmall() {
        assertEquals(400, post("username=%zz").status());
        assertEquals(400, post("username=%ff").status());
        assertEquals(413, post("username=" + "a".repeat(128 * 1024)).status());
        assertEquals(
                415,
                api.sendBytes(
                                "POST",
                                "/sign-in",
                                "{}".getBytes(StandardCharsets.UTF_8),
                                "Sec-Fetch-Site",
                                "same-origin",
                                "Content-Type",
                                "application/json")
                        .status());
    }

    private Api.Response post(String body) {
        return api.sendBytes(
                "POST",
                "/sign-in",
                body.getBytes(StandardCharsets.US_ASCII),
                "Sec-Fetch-Site",
                "same-origin",
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    @Test
    void areOnPagesThatNobodyStores() {
        Api.Response page = browser.open("/sign-in").response();
        assertEquals("private, no-store", page.header("Cache-Control").orElseThrow());
        assertTrue(page.http().headers().allValues("Vary").contains("Cookie"));
        assertEquals("same-origin", page.header("Referrer-Policy").orElseThrow());
        assertEquals("noindex", page.header("X-Robots-Tag").orElseThrow());
        assertTrue(browser.open("/").response().header("X-Robots-Tag").isEmpty());
        assertTrue(page.header("Content-Security-Policy").orElseThrow().contains("style-src 'self';"));
        Api.Response style =
                api.get(browser.open("/").find("link[rel=stylesheet]").attr("href"));
        assertEquals(
                "public, max-age=31536000, immutable",
                style.header("Cache-Control").orElseThrow());
        assertTrue(style.text().length() + page.text().length() < 15_000, "the first screen is small");
    }
}
