package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.Chromium;
import dealbrain.testing.PageReview;
import dealbrain.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of visitors, of administrators and of the account, in a real browser. */
@Tag("faults")
@Timeout(600)
class PagesInChromiumTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application =
            new RunningApplication(database, Map.of("DEALBRAIN_DEMO", "on", "DEALBRAIN_SIGNUP", "open"));

    @Test
    void ofPeopleWhoAreNotSignedIn() {
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            PageReview review = new PageReview(chromium);
            review.open("start", "/");
            review.open("sign-in", "/sign-in");
            review.open("sign-up", "/sign-up");
            review.open("discover", "/discover");
            review.open("not-found", "/nothing");
            review.open("problem-type", "/problems/invalid-input");
            chromium.signIn("nobody", "wrong password");
            assertEquals("nobody", chromium.value("username"));
            review.look("sign-in-wrong");
            review.assertNothingIsWrong();
        }
    }

    @Test
    void ofSomebodyWhoHasNothing() {
        application.api().signUp("nobody-yet");
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            PageReview review = new PageReview(chromium);
            chromium.signIn("nobody-yet", Api.PASSWORD);
            review.open("empty-home", "/");
            review.open("empty-deals", "/deals");
            review.open("empty-inbox", "/inbox");
            review.open("empty-account", "/account");
            review.assertNothingIsWrong();
        }
    }

    @Test
    void ofAFormThatIsSentAfterItsSession() {
        application.api().signUp("returning");
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            PageReview review = new PageReview(chromium);
            chromium.signIn("returning", Api.PASSWORD);
            chromium.open("/collections/new");
            chromium.type("name", "Donaudampfschifffahrtsgesellschaft".repeat(3));
            chromium.forgetCookies();
            chromium.clickOn("main button.go");
            review.look("sign-in-with-a-form");
            chromium.type("username", "returning");
            chromium.type("password", Api.PASSWORD);
            chromium.clickOn("main button.go");
            assertTrue(chromium.text().contains("Not sent yet"), chromium.text());
            review.look("form-not-sent");
            review.assertNothingIsWrong();
        }
    }

    @Test
    void ofTheAccount() {
        application.api().signUp("accountable");
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            PageReview review = new PageReview(chromium);
            chromium.signIn("accountable", Api.PASSWORD);
            review.open("account-delete", "/account/delete");
            review.open("password", "/account/password");
            review.open("token-new", "/account/tokens/new");
            chromium.type("name", "💻 script");
            chromium.type("password", Api.PASSWORD);
            chromium.click("Create the token");
            assertTrue(chromium.text().contains("dbt_"), chromium.text());
            review.look("token");
            review.open("account", "/account");
            review.assertNothingIsWrong();
        }
    }

    @Test
    void ofAnAdministrator() {
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            PageReview review = new PageReview(chromium);
            chromium.signIn("admin", RunningApplication.ADMIN_PASSWORD);
            review.open("admin", "/admin");
            review.open("admin-new-user", "/admin/users/new");
            chromium.type("username", "with-one-time-password");
            chromium.click("Create the user");
            review.look("admin-one-time-password");
            chromium.click("Back to");
            review.look("admin-user");
            review.open("admin-invites", "/admin/invites");
            chromium.click("Invite");
            assertTrue(chromium.text().contains("/sign-up?invite="), chromium.text());
            review.look("admin-invites-new");
            review.open("admin-audit", "/admin/audit");
            chromium.open("/ops");
            review.lookAtColours("ops");
            chromium.clickOn("[href^='/ops/statements/']");
            review.lookAtColours("ops-statement");
            review.assertNothingIsWrong();
        }
    }

    @Test
    void ofTheApiInTheDark() {
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            PageReview review = new PageReview(chromium);
            chromium.screen(1280, 900, true);
            chromium.open("/docs#/listings/createListing");
            Await.until("the operation is shown", () -> chromium.has(".opblock.is-open .highlight-code"));
            review.lookAtColours("docs");
            review.assertNothingIsWrong();
        }
    }
}
