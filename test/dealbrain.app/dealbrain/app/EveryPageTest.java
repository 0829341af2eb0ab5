package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.Accounts;
import dealbrain.http.Router;
import dealbrain.testing.Api;
import dealbrain.testing.Browser;
import dealbrain.testing.Browser.View;
import dealbrain.testing.TestDatabase;
import dealbrain.web.Web;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for every page and every form, also for those that are added later. */
class EveryPageTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    /** Without a session, people send these forms to get one; without one, the last does nothing. */
    private static final Set<String> FORMS_OF_ALL = Set.of("/sign-in", "/sign-up", "/sign-out");

    private static final String HOSTILE = "?cursor=%00x&q=%FF&limit=-1&sort=%22%3E&offset=99999999999&done=x&next=//x";

    private final Api api = application.api();
    private final Browser admin = new Browser(api);

    @BeforeEach
    void signIn() {
        admin.signIn("admin", RunningApplication.ADMIN_PASSWORD);
    }

    private List<String> paths(String method) {
        Router router = new Router();
        new Web(new Accounts(database.jdbi(), 1, true), true, Optional.empty()).routes(router);
        List<String> paths = router.pages().stream()
                .filter(page -> page.startsWith(method + " "))
                .map(page -> page.substring(method.length() + 1).replaceAll("\\{[^}]*}", "1"))
                .toList();
        assertTrue(paths.size() > 5, paths.toString());
        return paths;
    }

    @Test
    void showsAPageOrAProblemButNoInternalError() {
        for (String path : paths("GET")) {
            for (String query : List.of("", HOSTILE)) {
                View signedIn = admin.open(path + query);
                assertTrue(signedIn.status() < 500, path + query + ": " + signedIn);
                View signedOut = new Browser(api).open(path + query);
                assertTrue(signedOut.status() < 500, path + query + ": " + signedOut);
            }
        }
    }

    @Test
    void refusesEachFormOfAnotherSite() {
        for (String path : paths("POST")) {
            for (String site : List.of("cross-site", "same-site")) {
                View refused = admin.post(path, Map.of(), "Sec-Fetch-Site", site);
                boolean needsSession = !FORMS_OF_ALL.contains(path);
                assertEquals(403, refused.first().status(), path);
                View signedOut = new Browser(api).post(path, Map.of(), "Sec-Fetch-Site", site);
                assertEquals(needsSession ? 303 : 403, signedOut.first().status(), path);
            }
        }
    }

    @Test
    void refusesEachFormWithoutTheKeyOfTheSession() {
        for (String path : paths("POST")) {
            View refused = admin.post(path, Map.of("csrf", "x"), "Sec-Fetch-Site", "same-origin");
            assertEquals(403, refused.first().status(), path);
            assertEquals("The form did not come from a page of this server", refused.text("h1"), path);
        }
    }

    @Test
    void leadsToTheSignInFromEachFormThatNeedsASession() {
        for (String path : paths("POST")) {
            if (!FORMS_OF_ALL.contains(path)) {
                View asked = new Browser(api).post(path, Map.of(), "Sec-Fetch-Site", "same-origin");
                assertEquals("/sign-in", asked.path(), path);
            }
        }
    }

    /** A form that cannot be processed is kept without its passwords, which are found by their names. */
    @Test
    void namesEachFieldOfAPasswordSo() {
        int passwords = 0;
        for (String path : paths("GET")) {
            for (View view : List.of(admin.open(path), new Browser(api).open(path))) {
                List<String> names = view.page().select("[type=password]").eachAttr("name");
                assertTrue(names.stream().allMatch(name -> name.endsWith("password")), path + names);
                passwords += names.size();
            }
        }
        assertTrue(passwords > 5, "some pages have passwords");
    }

    /** Each control has a name for screen readers, no id is used twice, and no heading is missing. */
    @Test
    void canBeReadByAScreenReader() {
        for (String path : paths("GET")) {
            View view = admin.open(path);
            if (!view.response().header("Content-Type").orElse("").startsWith("text/html") || view.status() != 200) {
                continue;
            }
            assertEquals(1, view.page().select("h1").size(), path);
            assertEquals("en", view.find("html").attr("lang"), path);
            assertEquals(1, view.page().select("main").size(), path);
            assertTrue(view.page().select("[style], script:not([src])").isEmpty(), path);
            view.page()
                    .select("input:not([type=hidden]), select, textarea")
                    .forEach(control -> assertTrue(
                            !view.page()
                                            .select("label[for=" + control.id() + "]")
                                            .isEmpty()
                                    || control.closest("label") != null
                                    || control.hasAttr("aria-label"),
                            path + " " + control));
            view.page().select("[aria-describedby], [aria-labelledby]").forEach(control -> {
                String ids = control.attr("aria-describedby") + " " + control.attr("aria-labelledby");
                for (String id : ids.strip().split(" ", -1)) {
                    assertEquals(1, view.page().select("#" + id).size(), path + " " + id);
                }
            });
            view.page()
                    .select("[id]")
                    .forEach(element -> assertEquals(
                            1, view.page().select("[id='" + element.id() + "']").size(), path + " " + element.id()));
        }
    }
}
