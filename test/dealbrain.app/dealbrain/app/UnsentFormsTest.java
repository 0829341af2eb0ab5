package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Browser;
import dealbrain.testing.Browser.View;
import dealbrain.testing.Person;
import dealbrain.testing.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Forms that are sent after the session has ended: what was typed is kept until it is sent again. */
class UnsentFormsTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of("DEALBRAIN_SIGNUP", "open"));

    private static final String NEW = "/collections/new";
    private static final Map<String, String> TYPED =
            Map.of("name", "Lab \"1\" <b>", "description", "two\nlines & more", "visibility", "unlisted");

    private final Api api = application.api();
    private final Person person = Person.signUp(api, "ada");
    private final String username = person.username();
    private final Api ada = person.api();
    private final Browser browser = person.browser();

    private int collections() {
        return ada.get("/api/v1/collections").json().size();
    }

    /** Opens the form, ends the session, and sends the form. */
    private View sendAfterTheEnd() {
        View form = browser.open(NEW);
        browser.cookies().clear();
        return browser.submit(form, NEW, TYPED);
    }

    private View send(View unsent, String name) {
        assertEquals("Not sent yet", unsent.text("h1"), unsent.toString());
        assertEquals(0, collections(), "nothing is sent without the person");
        assertTrue(unsent.text("dl").contains("Lab \"1\" <b>"), unsent.toString());
        View sent = browser.submit(unsent, NEW, Map.of());
        assertEquals(name, sent.text("h1"), sent.toString());
        return sent;
    }

    @Test
    void areSentAgainAfterTheSignIn() {
        View asked = sendAfterTheEnd();
        assertEquals(403, asked.status(), asked.toString());
        assertTrue(asked.text("[role=status]").contains("It is kept on this page"), asked.toString());
        View wrong = browser.submit(asked, "/sign-in", Map.of("username", username, "password", "wrong"));
        assertEquals(422, wrong.status());
        View unsent = browser.submit(wrong, "/sign-in", Map.of("username", username, "password", Person.PASSWORD));
        send(unsent, "Lab \"1\" <b>");
        assertEquals(
                "two\nlines & more",
                ada.get("/api/v1/collections").json().get(0).path("description").asText());
    }

    @Test
    void areSentAgainAfterASignUp() {
        View signUp = pressSwitch(pressSwitch(pressSwitch(sendAfterTheEnd())));
        assertEquals("Sign up", signUp.text("h1"), signUp.toString());
        View unsent =
                browser.submit(signUp, "/sign-up", Map.of("username", "new-" + username, "password", Person.PASSWORD));
        send(unsent, "Lab \"1\" <b>");
    }

    /** Presses the button that leads from the sign-in to the sign-up, or back. */
    private View pressSwitch(View view) {
        Map<String, String> fields = new HashMap<>(Map.of("switch", "1"));
        view.page().select("main input").forEach(input -> fields.put(input.attr("name"), input.val()));
        return browser.post(
                view.find("button[name=switch]").attr("formaction"), fields, "Sec-Fetch-Site", "same-origin");
    }

    @Test
    void areShownWithWhatIsWrongWithThem() {
        View form = browser.open(NEW);
        browser.cookies().clear();
        View asked = browser.submit(form, NEW, Map.of("name", " ", "description", "typed"));
        View unsent = browser.submit(asked, "/sign-in", Map.of("username", username, "password", Person.PASSWORD));
        View wrong = browser.submit(unsent, NEW, Map.of());
        assertFalse(wrong.text("#f-name-error").isEmpty(), wrong.toString());
        assertEquals("typed", wrong.find("[name=description]").wholeText());
    }

    @Test
    void areSentAgainIfTheKeyIsThatOfAnotherSession() {
        View form = browser.open(NEW);
        browser.cookies().clear();
        browser.signIn(username, Person.PASSWORD);
        View unsent = browser.submit(form, NEW, TYPED);
        assertEquals(403, unsent.status());
        send(unsent, "Lab \"1\" <b>");
    }

    @Test
    void areKeptIfAnotherTabSignedInMeanwhile() {
        View asked = sendAfterTheEnd();
        browser.signIn(username, Person.PASSWORD);
        send(
                browser.submit(asked, "/sign-in", Map.of("username", username, "password", Person.PASSWORD)),
                "Lab \"1\" <b>");
    }

    @Test
    void areKeptUntilAPasswordIsChosen() {
        View asked = sendAfterTheEnd();
        String id = ada.get("/api/v1/users/me").json().path("id").asText();
        String oneTime = application
                .admin()
                .post("/api/v1/admin/users/" + id + "/password", "")
                .json()
                .path("one_time_password")
                .asText();
        View unsent = browser.submit(asked, "/sign-in", Map.of("username", username, "password", oneTime));
        assertEquals(1, unsent.page().select("main a[href=/account/password]").size(), unsent.toString());
        View tooEarly = browser.submit(unsent, NEW, Map.of());
        assertEquals("Not sent yet", tooEarly.text("h1"), tooEarly.toString());
        browser.submit(
                browser.open("/account/password"),
                "/account/password",
                Map.of("current_password", oneTime, "password", Person.PASSWORD + " 2"));
        View sent = browser.submit(tooEarly, NEW, Map.of());
        assertEquals("Lab \"1\" <b>", sent.text("h1"), sent.toString());
    }

    @Test
    void keepNoPasswords() {
        View form = browser.open("/account/tokens/new");
        browser.cookies().clear();
        View asked = browser.submit(form, "/account/tokens/new", Map.of("name", "script", "password", "secret 1234"));
        assertEquals("script", asked.find("[name='unsent.name']").val(), asked.toString());
        assertFalse(asked.response().text().contains("secret 1234"));
        View unsent = browser.submit(asked, "/sign-in", Map.of("username", username, "password", Person.PASSWORD));
        assertFalse(unsent.response().text().contains(Person.PASSWORD), unsent.toString());
    }

    @Test
    void areNotThoseOfOtherSites() {
        browser.cookies().clear();
        View asked = browser.post(NEW, TYPED, "Sec-Fetch-Site", "cross-site");
        assertEquals("/sign-in", asked.path());
        assertFalse(asked.response().text().contains("Lab"), asked.toString());
        View refused = browser.post(
                "/sign-in", Map.of("unsent", NEW, "unsent.name", "Lab", "switch", "1"), "Sec-Fetch-Site", "cross-site");
        assertEquals(403, refused.status());
        assertFalse(refused.response().text().contains("Lab"), refused.toString());
    }

    @Test
    void areNotKeptIfTheyAreTooLarge() {
        View form = browser.open("/collections/import");
        browser.cookies().clear();
        View asked = browser.submit(form, "/collections/import", Map.of("file", "x".repeat(70_000)));
        assertTrue(asked.text("[role=status]").contains("too large to keep"), asked.toString());
    }

    @Test
    void leadOnlyToThisServer() {
        browser.cookies().clear();
        View unsent = browser.post(
                "/sign-in",
                Map.of(
                        "unsent",
                        "//example.org/",
                        "unsent.name",
                        "x",
                        "username",
                        username,
                        "password",
                        Person.PASSWORD),
                "Sec-Fetch-Site",
                "same-origin");
        assertEquals("/", unsent.find("main form").attr("action"), unsent.toString());
    }
}
