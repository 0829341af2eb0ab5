package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Chromium;
import dealbrain.testing.PageReview;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of deals, collections and shares, in a real browser. */
@Tag("faults")
@Timeout(600)
class DealPagesInChromiumTest {
    /** Titles of every kind: long words, emojis, and a script that is written from right to left. */
    private static final List<String> TITLES = List.of(
            "Dell OptiPlex 7060 Micro i5-8500T 16GB 256GB SSD",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            "💻 Mini-PC 🔥🔥 as good as new 😀",
            "كمبيوتر صغير مستعمل بحالة جيدة");

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application =
            new RunningApplication(database, Map.of("DEALBRAIN_DEMO", "on", "DEALBRAIN_SIGNUP", "open"));

    private final Api ada = application.api().signUp("ada" + System.nanoTime());
    private final List<Long> deals =
            TITLES.stream().map(title -> deal(ada, title)).toList();
    /** The path in the API. */
    private final String collection = collection("For the 🏠 lab");

    private static long deal(Api api, String title) {
        return api.post(
                        "/api/v1/listings",
                        "{\"title\": \"" + title + "\", \"price_usd\": " + (100 + title.length()) + "}")
                .json()
                .path("id")
                .asLong();
    }

    private String collection(String name) {
        String path = ada.post("/api/v1/collections", "{\"name\": \"" + name + "\"}")
                .header("Location")
                .orElseThrow();
        ada.post(path + "/items/bulk", "{\"listing_ids\": " + deals + "}");
        return path;
    }

    private PageReview signedIn(Chromium chromium) {
        chromium.signIn(ada.get("/api/v1/users/me").json().path("username").asText(), Api.PASSWORD);
        return new PageReview(chromium);
    }

    @Test
    void ofDeals() {
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            PageReview review = signedIn(chromium);
            ada.share("/api/v1/listings/" + deals.getFirst());
            review.open("home", "/");
            review.open("deals", "/deals");
            review.open("deals-none", "/deals?q=nothing");
            review.open("deals-wrong", "/deals?max_price=cheap");
            review.open("deal", "/deals/" + deals.getFirst());
            review.open("deal-long", "/deals/" + deals.get(1));
            review.open("deal-edit", "/deals/" + deals.get(3) + "/edit");
            review.open("deal-delete", "/deals/" + deals.getFirst() + "/delete");
            review.open("new-deal", "/deals/new");
            chromium.type("offer", TITLES.getFirst() + " $189.99");
            chromium.click("Recognise");
            review.look("new-deal-recognised");
            chromium.type("price_usd", "much");
            chromium.clickOn("button[name=save]");
            review.look("new-deal-wrong");
            review.assertNothingIsWrong();
        }
    }

    @Test
    void ofCollections() {
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            PageReview review = signedIn(chromium);
            String page = collection.substring("/api/v1".length());
            long item =
                    ada.get(collection).json().path("items").path(1).path("id").asLong();
            review.open("collection", page);
            review.open("collection-differences", page + "?differences=true&sort=price");
            review.open("collection-none", page + "?min=9999");
            review.open("collection-item", page + "/items/" + item);
            review.open("collection-edit", page + "/edit");
            review.open("collection-private", page + "/share");
            review.open("collection-delete", page + "/delete");
            review.open("collection-new", "/collections/new");
            review.open("collection-import", "/collections/import");
            ada.patch(collection + "/visibility", "{\"visibility\": \"unlisted\"}");
            ada.post(collection + "/share-tokens", "{}");
            review.open("collection-share", page + "/share");
            review.assertNothingIsWrong();
        }
    }

    @Test
    void ofShares() {
        Api bob = application.api().signUp("bob");
        String me = ada.get("/api/v1/users/me").json().path("username").asText();
        bob.post(
                "/api/v1/user-shares",
                "{\"recipient_username\": \"" + me + "\", \"listing_id\": " + deal(bob, "From Bob")
                        + ", \"message\": \"Look!\"}");
        String deal = ada.share("/api/v1/listings/" + deals.get(1));
        ada.patch(collection + "/visibility", "{\"visibility\": \"unlisted\"}");
        String shared = sharedPage();
        try (Chromium chromium = Chromium.open(application.api().url(), true)) {
            PageReview visitor = new PageReview(chromium);
            visitor.open("shared-deal", deal);
            chromium.click("Save to my collection");
            visitor.look("save-signed-out");
            visitor.open("shared-collection", shared);
            visitor.open("shared-collection-deal", shared + "/deals/" + deals.get(1));
            visitor.assertNothingIsWrong();
            PageReview review = signedIn(chromium);
            review.open("shares-home", "/");
            review.open("inbox", "/inbox");
            chromium.click("From Bob");
            assertTrue(chromium.text().contains("Look!"), chromium.text());
            review.look("share");
            chromium.open(deal);
            chromium.click("Save to my collection");
            review.look("save");
            review.assertNothingIsWrong();
        }
    }

    private String sharedPage() {
        String token = ada.post(collection + "/share-tokens", "{}")
                .json()
                .path("share_token")
                .asText();
        return "/c/" + token;
    }
}
