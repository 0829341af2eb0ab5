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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do on the pages of their account, of administration, of the inbox and of public collections. */
class PagesTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private final Api api = application.api();
    private final Person person = Person.signUp(api, "ada");
    private final String username = person.username();
    private final Api ada = person.api();
    private final Browser browser = person.browser();

    @Nested
    class AccountPage {
        @Test
        void changesNames() {
            View saved = browser.submit(browser.open("/account"), "/account", Map.of("display_name", "Ada L."));
            assertEquals("/account?done=saved", saved.path(), saved.toString());
            assertEquals("Saved.", saved.text("[role=status]"));
            assertEquals("Ada L.", saved.find("[name=display_name]").val());

            View wrong = browser.submit(saved, "/account", Map.of("display_name", "Ada", "email", "no address"));
            assertEquals(422, wrong.status());
            assertFalse(wrong.text("#f-email-error").isEmpty(), wrong.toString());
            assertEquals("Ada", wrong.find("[name=display_name]").val());

            View cleared = browser.submit(saved, "/account", Map.of("display_name", ""));
            assertEquals("", cleared.find("[name=display_name]").val());
        }

        @Test
        void showsAndEndsSessionsAndTokens() {
            View account = browser.open("/account");
            assertEquals(2, account.page().select("tbody tr").size(), account.toString());
            assertTrue(account.text("tbody").contains("session, this one"), account.toString());
            long token = ada.get("/api/v1/tokens").json().get(1).path("id").asLong();
            View ended = browser.submit(account, "/account/tokens/" + token + "/delete", Map.of());
            assertEquals(1, ended.page().select("tbody tr").size());
            assertEquals(401, ada.get("/api/v1/users/me").status());
        }

        @Test
        void createsATokenWithThePasswordAndShowsItOnce() {
            View form = browser.open("/account/tokens/new");
            View wrong = browser.submit(
                    form, "/account/tokens/new", Map.of("name", "backup", "expires_in_days", "x", "password", "wrong"));
            assertEquals(422, wrong.status());
            assertEquals("backup", wrong.find("[name=name]").val());
            assertFalse(wrong.text("#f-expires_in_days-error").isEmpty(), wrong.toString());

            View created = browser.submit(
                    form,
                    "/account/tokens/new",
                    Map.of("name", "backup", "expires_in_days", "7", "password", Person.PASSWORD));
            String secret = created.text(".secret code");
            assertTrue(secret.startsWith("dbt_"), created.toString());
            assertEquals(200, api.as(secret).get("/api/v1/users/me").status());
        }

        @Test
        void downloadsTheExport() {
            JsonNode file = browser.open("/account/export").response().json();
            assertTrue(file.isObject(), file.toString());
        }

        @Test
        void deletesTheAccountWithThePassword() {
            View page = browser.open("/account/delete");
            View wrong = browser.submit(page, "/account/delete", Map.of("current_password", "wrong"));
            assertTrue(wrong.status() >= 400, wrong.toString());
            View gone = browser.submit(page, "/account/delete", Map.of("current_password", Person.PASSWORD));
            assertEquals("/?done=account_deleted", gone.path());
            assertEquals(401, ada.get("/api/v1/users/me").status());
        }
    }

    @Nested
    class Administration {
        private final Browser admin = new Browser(api);

        @BeforeEach
        void signInAsAdministrator() {
            admin.signIn("admin", RunningApplication.ADMIN_PASSWORD);
        }

        @Test
        void isForAdministratorsOnly() {
            for (String path : new String[] {"/admin", "/admin/users/new", "/admin/invites", "/admin/audit"}) {
                assertEquals(403, browser.open(path).status(), path);
                assertEquals(200, admin.open(path).status(), path);
            }
        }

        @Test
        void marksTheTabOfThePageOnly() {
            for (String path : new String[] {"/admin", "/admin/invites", "/admin/audit"}) {
                assertEquals(
                        List.of(path),
                        admin.open(path).page().select(".tabs [aria-current]").eachAttr("href"));
            }
        }

        @Test
        void createsAUserWithAOneTimePassword() {
            String name = "new-" + username;
            View created = admin.submit(
                    admin.open("/admin/users/new"), "/admin/users/new", Map.of("username", name, "display_name", "N"));
            String password = created.text(".secret code");
            View asked = new Browser(api).signIn(name, password);
            assertEquals("/account/password", asked.path(), asked.toString());
        }

        @Test
        void findsChangesDisablesAndDeletesAUser() {
            View found = admin.open("/admin?q=" + username);
            String path = found.find("tbody a").attr("href");
            View user = admin.submit(admin.open(path), path, Map.of("display_name", "Ada", "role", "admin"));
            assertEquals("Ada", user.find("[name=display_name]").val(), user.toString());
            assertEquals("admin", user.find("[name=role] [selected]").val());
            View disabled = admin.submit(user, path + "/disabled", Map.of());
            assertTrue(disabled.text("main").contains("Disabled."), disabled.toString());
            assertEquals(403, ada.get("/api/v1/users/me").status());
            View deleted = admin.submit(disabled, path + "/delete", Map.of());
            assertEquals("/admin?done=deleted", deleted.path());
        }

        @Test
        void invitesAPersonByALink() {
            View invited = admin.submit(
                    admin.open("/admin/invites"),
                    "/admin/invites",
                    Map.of("note", "For <Bob>", "expires_in_days", "3"));
            String link = invited.text(".secret code");
            assertTrue(invited.text("tbody th").contains("For <Bob>"), invited.toString());
            Browser bob = new Browser(api);
            View form = bob.open(link.substring(api.url().length()));
            View home =
                    bob.submit(form, "/sign-up", Map.of("username", "bob-" + username, "password", Person.PASSWORD));
            assertEquals("Hello, bob-" + username, home.text("h1"), home.toString());
        }

        @Test
        void showsTheAuditLogOfAUser() {
            View audit = admin.open("/admin/audit?user=" + username);
            assertTrue(audit.text("tbody").contains("signed in"), audit.toString());
        }
    }

    @Nested
    class InboxPage {
        @Test
        void showsImportsAndDeletesAShare() {
            Api bob = Person.signUp(api, "bob").api();
            String listing = bob.post("/api/v1/listings", "{\"title\": \"Tiny <PC>\", \"price_usd\": 199.90}")
                    .header("Location")
                    .orElseThrow();
            String id = listing.substring(listing.lastIndexOf('/') + 1);
            bob.post(
                    "/api/v1/user-shares",
                    "{\"listing_id\": " + id + ", \"recipient_username\": \"" + username
                            + "\", \"message\": \"Look & see\"}");
            assertTrue(browser.open("/").text("main").contains("Tiny <PC>"));
            View inbox = browser.open("/inbox");
            assertTrue(inbox.text("main").contains("Look & see"), inbox.toString());
            View share = browser.open(inbox.find("li a").attr("href"));
            assertEquals("Tiny <PC>", share.text("h1"), share.toString());
            String path = share.path();
            View imported = browser.submit(share, path + "/import", Map.of());
            assertTrue(imported.text("[role=status]").startsWith("Imported"), imported.toString());
            assertEquals(
                    1,
                    ada.get("/api/v1/collections")
                            .json()
                            .get(0)
                            .path("item_count")
                            .asInt());
            View again = browser.submit(browser.open(path), path + "/import", Map.of());
            assertEquals(409, again.status());
            View deleted = browser.submit(browser.open(path), path + "/delete", Map.of());
            assertTrue(deleted.text("main").contains("Nobody has shared"), deleted.toString());
        }

        @Test
        void marksAndDeletesNotifications() {
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO notification (user_id, type, title) SELECT id, 'system', 'News ' || n"
                                    + " FROM user_account, generate_series(1, 2) n WHERE username = ?",
                            username));
            View inbox = browser.open("/inbox");
            assertEquals("News 2 News 1", inbox.text("li [dir=auto]"));
            String action = inbox.find("form[action$=/read]").attr("action");
            View read = browser.submit(inbox, action, Map.of());
            assertEquals(1, read.page().select(".tag").size(), read.toString());
            View all = browser.submit(read, "/inbox/notifications/read-all", Map.of());
            assertEquals(0, all.page().select(".tag").size());
            View deleted = browser.submit(all, all.find("form[action$=/delete]").attr("action"), Map.of());
            assertEquals("News 1", deleted.text("li [dir=auto]"));
        }
    }

    @Nested
    class DiscoverPage {
        @Test
        void findsAndCopiesAPublicCollection() {
            Api bob = Person.signUp(api, "bob").api();
            bob.post("/api/v1/collections", "{\"name\": \"Silent " + username + "\", \"visibility\": \"public\"}");
            View signedOut = new Browser(api).open("/discover?sort=popular&q=" + username + "&utm_source=x");
            assertEquals(1, signedOut.page().select(".tiles li").size(), signedOut.toString());
            assertEquals(0, signedOut.page().select(".tiles form").size());
            View found = browser.open("/discover?q=" + username);
            browser.submit(found, found.find(".tiles form").attr("action"), Map.of());
            assertEquals(
                    "Silent " + username,
                    ada.get("/api/v1/collections").json().get(0).path("name").asText());
        }

        @Test
        void saysThatNothingWasFound() {
            assertTrue(browser.open("/discover?q=xyzzy").text("main").contains("No public collection"));
        }
    }
}
