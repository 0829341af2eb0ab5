package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Chromium;
import dealbrain.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
            look(
                    chromium,
                    Map.of(
                            "empty-home", "/",
                            "empty-deals", "/deals",
                            "empty-inbox", "/inbox",
                            "empty-account", "/account"));
        }
        assertNothingIsWrong();
    }

    /** Titles of every kind: long words, emojis, and a script that is written from right to left. */
    private static final List<String> TITLES = List.of(
            "Dell OptiPlex 7060 Micro i5-8500T 16GB 256GB SSD",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            "💻 Mini-PC 🔥🔥 as good as new 😀",
            "كمبيوتر صغير مستعمل بحالة جيدة");

    @Test
    void ofSomebodyWithDeals() {
        Api ada = application.api().signUp("ada-with-deals");
        Api bob = application.api().signUp("bob");
        List<Long> deals = TITLES.stream().map(title -> deal(ada, title)).toList();
        String collection = ada.post("/api/v1/collections", "{\"name\": \"For the 🏠 lab\"}")
                .header("Location")
                .orElseThrow();
        ada.post(collection + "/items/bulk", "{\"listing_ids\": " + deals + "}");
        String page = collection.substring("/api/v1".length());
        bob.post(
                "/api/v1/user-shares",
                "{\"recipient_username\": \"ada-with-deals\", \"listing_id\": " + deal(bob, "From Bob")
                        + ", \"message\": \"Look!\"}");
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            signIn(chromium, "ada-with-deals", PASSWORD);
            Map<String, String> pages = new LinkedHashMap<>(Map.of(
                    "home", "/",
                    "deals", "/deals",
                    "new-deal", "/deals/new",
                    "deal", "/deals/" + deals.getFirst(),
                    "deal-long", "/deals/" + deals.get(1),
                    "deal-edit", "/deals/" + deals.get(3) + "/edit",
                    "deal-delete", "/deals/" + deals.getFirst() + "/delete"));
            pages.put("inbox", "/inbox");
            pages.put("collection", page);
            pages.put("collection-differences", page + "?differences=true&sort=price");
            pages.put("collection-edit", page + "/edit");
            pages.put("collection-share", page + "/share");
            pages.put("collection-delete", page + "/delete");
            pages.put("collection-new", "/collections/new");
            pages.put("collection-import", "/collections/import");
            look(chromium, pages);
            chromium.open("/deals/new");
            chromium.type("offer", TITLES.getFirst() + " $189.99");
            chromium.click("Recognise");
            look(chromium, "new-deal-recognised");
            chromium.type("price_usd", "much");
            chromium.clickOn("button[name=save]");
            look(chromium, "new-deal-wrong");
            chromium.open(ada.share("/api/v1/listings/" + deals.get(1)));
            look(chromium, "shared-deal");
            chromium.open(sharedPage(ada, collection));
            look(chromium, "shared-collection");
            chromium.open(sharedPage(ada, collection) + "/deals/" + deals.get(1));
            look(chromium, "shared-collection-deal");
        }
        assertNothingIsWrong();
    }

    private static String sharedPage(Api api, String collection) {
        String token = api.post(collection + "/share-tokens", "{}")
                .json()
                .path("share_token")
                .asText();
        return "/c/" + token;
    }

    private static long deal(Api api, String title) {
        return api.post(
                        "/api/v1/listings",
                        "{\"title\": \"" + title + "\", \"price_usd\": " + (100 + title.length()) + "}")
                .json()
                .path("id")
                .asLong();
    }

    @Test
    void ofAnAdministrator() {
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            signIn(chromium, "admin", RunningApplication.ADMIN_PASSWORD);
            look(
                    chromium,
                    Map.of(
                            "account", "/account",
                            "account-delete", "/account/delete",
                            "password", "/account/password",
                            "new-token", "/account/tokens/new",
                            "admin", "/admin",
                            "admin-new-user", "/admin/users/new",
                            "admin-invites", "/admin/invites",
                            "admin-audit", "/admin/audit"));
        }
        assertNothingIsWrong();
    }
}
