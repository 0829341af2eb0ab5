package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Browser;
import dealbrain.testing.Browser.View;
import dealbrain.testing.TestDatabase;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sessions of browsers: how they begin, what their cookies say, and how they end. */
class SessionsTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(
            database, Map.of("DEALBRAIN_TRUSTED_PROXIES", "127.0.0.1", "DEALBRAIN_TRUSTED_USER_HEADER", "Remote-User"));

    private static final String PASSWORD = "correct horse battery";

    private final String username = "ada-" + UUID.randomUUID().toString().substring(0, 8);
    private final Api api = application.api();
    private final Browser browser = new Browser(api);
    private Api ada;

    @BeforeEach
    void signUp() {
        ada = api.signUp(username);
    }

    private JsonNode sessions() {
        return ada.get("/api/v1/tokens").json();
    }

    @Test
    void startsWithTheRightPasswordOnly() {
        View wrong = browser.signIn(username, "wrong");
        assertEquals(422, wrong.status(), wrong.toString());
        assertEquals("The username or the password is wrong", wrong.text("[role=alert]"));
        assertEquals(username, wrong.find("input[name=username]").val());
        assertEquals("", wrong.find("input[name=password]").val());
        assertTrue(browser.cookies().isEmpty());

        View right = browser.signIn(username, PASSWORD);
        assertEquals("/", right.path());
        assertEquals("Hello, " + username, right.text("h1"));
        assertEquals(303, right.first().status());
    }

    @Test
    void isLimitedAsThatOfTheApi() {
        for (int i = 0; i < 5; i++) {
            browser.signIn(username, "wrong");
        }
        View limited = browser.signIn(username, PASSWORD);
        assertEquals(429, limited.status(), limited.toString());
        assertTrue(limited.response().header("Retry-After").isPresent());
        assertTrue(browser.cookies().isEmpty());
    }

    @Test
    void keepsTheSecretInACookieThatScriptsCannotRead() {
        String cookie =
                browser.signIn(username, PASSWORD).first().header("Set-Cookie").orElseThrow();
        assertTrue(
                cookie.matches("dealbrain=dbs_[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000"),
                cookie);
    }

    @Test
    void bindsTheCookieToTheHostBehindTls() {
        Browser behindTls = new Browser(api, "X-Forwarded-Proto", "https");
        View view = behindTls.signIn(username, PASSWORD);
        String cookie = view.first().header("Set-Cookie").orElseThrow();
        assertTrue(cookie.startsWith("__Host-dealbrain=dbs_"), cookie);
        assertTrue(cookie.endsWith("; Secure"), cookie);
        assertEquals("Hello, " + username, view.text("h1"));
    }

    @Test
    void isListedAmongTheTokensWithTheNameOfTheBrowser() {
        browser.signIn(username, PASSWORD);
        JsonNode session = sessions().get(0);
        assertTrue(session.path("session").asBoolean(), session.toString());
        assertEquals("Firefox on Linux", session.path("name").asText());
        assertFalse(sessions().get(1).path("session").asBoolean());
    }

    /** A cookie is no token for the API, and a token no cookie. */
    @Test
    void isNoToken() {
        browser.signIn(username, PASSWORD);
        String secret = browser.cookies().get("dealbrain");
        assertEquals(401, api.as(secret).get("/api/v1/users/me").status());
        assertEquals(
                401,
                api.get("/api/v1/users/me", "Cookie", "dealbrain=" + secret).status());

        browser.cookies().put("dealbrain", String.valueOf(ada.token()));
        assertEquals(
                "/sign-in?next=%2Faccount%2Fpassword",
                browser.open("/account/password").path());
    }

    @Test
    void endsBySigningOut() {
        View home = browser.signIn(username, PASSWORD);
        String secret = browser.cookies().get("dealbrain");
        View out = browser.submit(home, "/sign-out", Map.of());
        assertEquals("You are signed out.", out.text("[role=status]"));
        assertTrue(browser.cookies().isEmpty());
        assertEquals(1, sessions().size());

        browser.cookies().put("dealbrain", secret);
        assertEquals(
                "/sign-in?next=%2Faccount%2Fpassword",
                browser.open("/account/password").path());
    }

    @Test
    void endsByAnotherPasswordElsewhereOnly() {
        browser.signIn(username, PASSWORD);
        Browser phone = new Browser(api);
        phone.signIn(username, PASSWORD);
        View changed = phone.submit(
                phone.open("/account/password"),
                "/account/password",
                Map.of("current_password", PASSWORD, "password", "another horse battery"));
        assertEquals("Hello, " + username, changed.text("h1"));
        assertTrue(changed.text("[role=status]").startsWith("Your password is changed."), changed.toString());
        assertEquals("", browser.open("/").text(".who form"));
    }

    @Test
    void endsWhenTheUserIsDisabled() {
        browser.signIn(username, PASSWORD);
        long id = ada.get("/api/v1/users/me").json().path("id").asLong();
        application.admin().patch("/api/v1/admin/users/" + id, "{\"disabled\": true}");
        assertEquals(
                "/sign-in?next=%2Faccount%2Fpassword",
                browser.open("/account/password").path());
        View again = browser.signIn(username, PASSWORD);
        assertEquals(403, again.status());
        assertTrue(again.text("[role=alert]").contains("disabled"), again.toString());
    }

    @Test
    void expires() {
        browser.signIn(username, PASSWORD);
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE access_token SET expires_at = now() - interval '1 second' WHERE session AND user_id = ?",
                        ada.get("/api/v1/users/me").json().path("id").asLong()));
        assertEquals(
                "/sign-in?next=%2Faccount%2Fpassword",
                browser.open("/account/password").path());
    }

    @Test
    void asksForAnotherPasswordAfterAOneTimePassword() {
        long id = ada.get("/api/v1/users/me").json().path("id").asLong();
        String oneTime = application
                .admin()
                .post("/api/v1/admin/users/" + id + "/password", "{}")
                .json()
                .path("one_time_password")
                .asText();
        View asked = browser.signIn(username, oneTime);
        assertEquals("/account/password", asked.path());
        View changed = browser.submit(
                asked, "/account/password", Map.of("current_password", oneTime, "password", "another horse battery"));
        assertEquals("Hello, " + username, changed.text("h1"), changed.toString());
    }

    @Test
    void leadsBackToThePageThatNeededIt() {
        View asked = browser.open("/account/password?a=b%20c");
        View back = browser.submit(asked, "/sign-in", Map.of("username", username, "password", PASSWORD));
        assertEquals("/account/password?a=b+c", back.path());
    }

    @Test
    void neverLeadsToAnotherServer() {
        for (String next :
                new String[] {"https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"}) {
            Browser other = new Browser(api);
            View asked = other.open("/sign-in");
            View back =
                    other.submit(asked, "/sign-in", Map.of("username", username, "password", PASSWORD, "next", next));
            assertEquals("/", back.path());
        }
    }

    @Test
    void followsATrustedProxy() {
        Browser proxied = new Browser(api, "Remote-User", username);
        View page = proxied.open("/account/password");
        assertEquals(200, page.status(), page.toString());
        assertEquals(username, page.text(".who > :first-child"));
        proxied.open("/account/password");
        assertEquals(2, sessions().size(), "one session for both pages");

        View unknown = new Browser(api, "Remote-User", "nobody-" + username).open("/");
        assertEquals(403, unknown.status());
        assertEquals("There is no account for you yet", unknown.text("h1"));
    }

    @Test
    void signsUpAndIn() {
        String name = "new-" + username;
        View page = browser.submit(
                browser.open("/sign-up"),
                "/sign-up",
                Map.of("username", name, "password", PASSWORD, "display_name", "Zoë"));
        assertEquals("Hello, Zoë", page.text("h1"), page.toString());
    }
}
