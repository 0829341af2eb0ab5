package dealbrain.shares;

import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.User;
import dealbrain.caching.CacheResult;
import dealbrain.collections.BestDeals;
import dealbrain.collections.CollectionFixtures;
import dealbrain.collections.CollectionInput;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealColumn;
import dealbrain.collections.PublicCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.Visibility;
import dealbrain.http.CachedBody;
import dealbrain.http.PublicUrl;
import dealbrain.http.Response;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingInput;
import dealbrain.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final String HOSTILE = "</script><script>alert(1)</script> \"'<b>&amp; {{title}} \u2028";
    private static final PublicUrl PUBLIC_URL = PublicUrl.parse("https://example.org/deals");

    private static CollectionFixtures fixtures;

    @BeforeAll
    static void connect() {
        fixtures = new CollectionFixtures(database.jdbi());
    }

    @Nested
    class Deal {
        @Test
        void showsPriceValueAndAllParts() {
            Listing listing = fixtures.listings.create(fixtures.user("ada"), fixtures.completeListing());

            String page = DealHtml.of(share(listing), PUBLIC_URL);

            for (String expected : new String[] {
                listing.title(),
                "$499.50",
                "1.63 ¢ per CPU mark",
                listing.cpu().name(),
                "12 cores · 20 threads · 65 W",
                "30,600",
                listing.gpu().name(),
                "32 GB DDR5 at 4800 MHz",
                "1 TB NVMe SSD",
                "2 TB NVMe SSD",
                "4 × USB-A (3.2), HDMI",
                "Refurbished",
                listing.activeProfile().name(),
                listing.ruleset().name(),
                "seller",
                "<a class=\"go\" href=\"" + listing.listingUrl() + "\" rel=\"noopener nofollow noreferrer\">",
                "<img src=\"" + listing.thumbnailUrl() + "\"",
                "<meta property=\"og:image\" content=\"" + listing.thumbnailUrl() + "\">",
                "<meta property=\"og:url\" content=\"https://example.org/deals/deals/" + listing.id() + "/token\">",
                "<link rel=\"canonical\" href=\"https://example.org/deals/deals/" + listing.id() + "/token\">",
                "<link rel=\"icon\" href=\"https://example.org/deals/favicon.svg\"",
                "<meta name=\"twitter:card\" content=\"summary_large_image\">",
                "<meta property=\"product:price:amount\" content=\"499.50\">",
                "Shared by ada"
            }) {
                assertTrue(page.contains(expected), () -> expected + " is not in\n" + page);
            }
        }

        @Test
        void leavesOutUnknownValues() {
            Listing listing = fixtures.listings.create(fixtures.user("ada"), fixtures.plainListing("Bare PC", null));

            String page = DealHtml.of(share(listing), PUBLIC_URL);

            for (String absent :
                    new String[] {"$", "og:image", "<img", "See the offer", "per CPU mark", "offers", "null"}) {
                assertFalse(
                        page.replaceAll("(?s)<style>.*</style>", "").contains(absent),
                        () -> absent + " is in\n" + page);
            }
        }

        @Test
        void showsNeitherConditionNorValueThatAreNotStated() {
            Listing listing = create("""
                    {"title": "PC", "condition": null, "ruleset_id": null, "price_usd": 100}
                    """);

            String page = DealHtml.of(share(listing), PUBLIC_URL);

            assertFalse(page.contains("Used") || page.contains("Machine alone"), page);
            assertFalse(page.contains("itemCondition") || page.contains("class=\"tag\""), page);
            assertTrue(page.contains("· $100.00\">"), page); // og:description
        }

        @Test
        void showsAModelNumberWithoutAModel() {
            Listing listing = create("""
                    {"manufacturer": null, "series": null, "device_model": null, "model_number": "10T7"}
                    """);

            String page = DealHtml.of(share(listing), PUBLIC_URL);

            assertTrue(page.contains("<dt>Model</dt><dd dir=\"auto\">10T7</dd>"), page);
        }

        @Test
        void showsWhatTheAdjustedPriceAndTheScoreAreMadeOf() {
            Listing listing = create("{}");

            String page = DealHtml.of(share(listing), PUBLIC_URL);

            for (String expected : List.of(
                    "<p>$499.50 −\u00a0$49.25 for 32 GB DDR5 &#x3D; $450.25 for the machine</p>",
                    "<p class=\"soft\">Price of 31 January 2026</p>",
                    "<dt>Machine alone</dt><dd dir=\"auto\">$450.25<small>by "
                            + listing.ruleset().name() + "</small>",
                    "<dt>Score</dt><dd dir=\"auto\">80<small>of 100, by "
                            + listing.activeProfile().name() + ": memory 80 × 100 %</small>")) {
                assertTrue(page.contains(expected), () -> expected + " is not in\n" + page);
            }
        }

        @Test
        void showsAStatedValueWithoutLines() {
            Listing listing = create("""
                    {"ruleset_id": null, "active_profile_id": null, "adjusted_price_usd": 410, "score_composite": 12.5}
                    """);

            String page = DealHtml.of(share(listing), PUBLIC_URL);

            assertTrue(page.contains("<dt>Machine alone</dt><dd dir=\"auto\">$410.00<small>stated</small></dd>"), page);
            assertTrue(page.contains("<dt>Score</dt><dd dir=\"auto\">12.5<small>stated</small></dd>"), page);
            assertFalse(page.contains("for the machine"), page);
        }

        @Test
        void saysThatTheComponentsAreWorthMoreThanThePrice() {
            String page = DealHtml.of(share(create("{\"price_usd\": 40}")), PUBLIC_URL);

            assertTrue(
                    page.contains("<p>$40 −\u00a0$49.25 for 32 GB DDR5, more than the price: $0 for the machine</p>"),
                    page);
        }

        @ParameterizedTest
        @CsvSource({"archived, No longer available, false", "pending, Sale pending, true"})
        void hasNoButtonForWhatIsNoLongerAvailable(String status, String reason, boolean hasButton) {
            Listing listing = create("{\"status\": \"" + status + "\"}");

            String page = DealHtml.of(share(listing), PUBLIC_URL);

            assertTrue(page.contains("class=\"tag gone\">" + reason), page);
            assertTrue(page.contains("<meta property=\"og:description\" content=\"" + reason + " · "), page);
            assertEquals(hasButton, page.contains("class=\"go\""), page);
            assertEquals(hasButton, page.contains("See the offer"), page);
            assertTrue(page.contains("href=\"" + listing.listingUrl() + "\""), page);
        }

        @Test
        void saysThatThePriceIsUnknownOrFree() {
            String unknown =
                    DealHtml.of(share(create("{\"price_usd\": null, \"adjusted_price_usd\": null}")), PUBLIC_URL);
            assertTrue(unknown.contains("Price unknown"), unknown);
            String free = DealHtml.of(share(create("{\"price_usd\": 0, \"adjusted_price_usd\": null}")), PUBLIC_URL);
            assertTrue(free.contains("<p class=\"price\">Free</p>"), free);
            for (String page : new String[] {unknown, free}) {
                assertFalse(page.contains("$") || page.contains("per CPU mark") || page.contains("price:amount"), page);
            }
        }

        /** A photo that fails to load has no size of its own, so nothing else may give it one. */
        @Test
        void showsNothingInPlaceOfADeadPhoto() {
            String page = DealHtml.of(share(create("{}")), PUBLIC_URL);

            assertTrue(page.matches("(?s).*<img src=\"[^\"]+\" alt=\"\" referrerpolicy=\"no-referrer\">.*"), page);
            Matcher rules = Pattern.compile("\\.deal img \\{([^}]*)}").matcher(page);
            int found = 0;
            while (rules.find()) {
                found++;
                assertFalse(
                        rules.group(1).matches(".*(^|[ ;])(width|height|min-\\w+|background|border)\\s*:.*"),
                        rules.group());
            }
            assertEquals(2, found);
        }

        private Listing create(String changes) {
            ListingInput complete = with(fixtures.completeListing(), """
                    {"adjusted_price_usd": null, "score_composite": null, "perf_per_watt": null}
                    """);
            return fixtures.listings.create(fixtures.user("ada"), with(complete, changes));
        }

        @Test
        void escapesAllTexts() {
            ListingInput model = fixtures.completeListing();
            Listing listing = fixtures.listings.create(fixtures.user("ada"), with(model, """
                            {"title": %1$s, "listing_url": "https://example.org/\\"onclick=alert(1)//", "seller": %1$s,
                             "device_model": %1$s, "manufacturer": "<i>", "series": %1$s, "model_number": %2$s,
                             "form_factor": "<u>", "thumbnail_url": "https://example.org/\\"><script>x</script>"}
                            """.formatted(
                            Json.text(HOSTILE), Json.text(HOSTILE.substring(0, 40)))));

            String page = DealHtml.of(share(listing), PUBLIC_URL);

            assertEquals(1, count(page, "<script"), page);
            assertEquals(1, count(page, "</script>"), page);
            assertFalse(page.contains("<b>"), page);
            assertFalse(page.replaceAll("(?s)<script.*</script>", "").contains("\"onclick"), page);
            assertEquals(listing.title(), jsonLd(page).path("name").asText());
        }

        @Test
        void containsAProductWithItsOfferAsJsonLd() {
            Listing listing = fixtures.listings.create(fixtures.user("ada"), fixtures.completeListing());

            JsonNode product = jsonLd(DealHtml.of(share(listing), PUBLIC_URL));

            assertEquals("Product", product.path("@type").asText());
            assertEquals("499.50", product.at("/offers/price").asText());
            assertEquals("USD", product.at("/offers/priceCurrency").asText());
            assertEquals(
                    "https://schema.org/RefurbishedCondition",
                    product.at("/offers/itemCondition").asText());
            assertEquals(listing.listingUrl(), product.at("/offers/url").asText());
        }

        @Test
        void allowsNoScriptsAndLoadsOnlyImages() {
            Listing listing = fixtures.listings.create(fixtures.user("ada"), fixtures.completeListing());

            String html = DealHtml.of(share(listing), PUBLIC_URL);
            Response response = ShareResponses.html(
                    new CacheResult<>(
                            ShareBody.of(1, 1, 0, Response.HTML, html.getBytes(StandardCharsets.UTF_8)),
                            CacheResult.Layer.NONE),
                    CachedBody.strong(new byte[0], Response.HTML, "tag"));

            String policy = response.headers().get("Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
            assertFalse(policy.contains("unsafe") || policy.contains("script-src"), policy);
            assertFalse(html.matches("(?s).*\\s(on\\w+|style)=\".*"), "contains inline handlers or styles");
            assertEquals("no-referrer", response.headers().get("Referrer-Policy"));
            assertEquals("noindex", response.headers().get("X-Robots-Tag"));
        }
    }

    @Nested
    class Collection {
        @Test
        void linksToTheNextPage() {
            assertTrue(page(3, 2, 0).contains("<a href=\"?limit=2&amp;offset=2\""), page(3, 2, 0));
            assertFalse(page(3, 2, 2).contains("More deals"), page(3, 2, 2));
        }

        @Test
        void namesItsCanonicalAddress() {
            String url = "\"https://example.org/deals/c/token";
            assertTrue(page(3, 200, 0).contains("<link rel=\"canonical\" href=" + url + "\">"), page(3, 200, 0));
            assertTrue(page(3, 2, 1).contains("href=" + url + "?limit=2&amp;offset=1\">"), page(3, 2, 1));
        }

        @Test
        void namesItsOwnerByTheDisplayName() {
            User ada = fixtures.user("ada");
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE user_account SET display_name = 'Ada <Lovelace>' WHERE id = ?", ada.id()));
            assertTrue(page(ada, 1, 200, 0).contains("kept by Ada &lt;Lovelace&gt;</p>"));
            assertTrue(page(1, 200, 0).contains("kept by ada"), page(1, 200, 0));
        }

        @Test
        void announcesHighlightsOnlyIfThereAreSome() {
            assertFalse(page(0, 200, 0).contains("highlighted."), page(0, 200, 0));
            assertFalse(page(3, 200, 0).contains("highlighted."), page(3, 200, 0));
            User ada = fixtures.user("ada");
            DealCollection collection = fixtures.collectionOf(ada, 2);
            fixtures.setVisibility(ada, collection, Visibility.PUBLIC);
            PublicCollectionQuery query = new PublicCollectionQuery(200, 0);
            PublicCollection shown = fixtures.getPublic(collection, query);
            BestDeals best = new BestDeals(shown.items().get(1).id(), null, null, Set.of());
            String page = CollectionHtml.of(shown, best, view(query), PUBLIC_URL, "token");
            assertTrue(page.contains("highlighted."), page);
            assertEquals(1, count(page, "<small>best price</small>"), page);
            assertEquals(0, count(page, "<small>best value</small>") + count(page, "<small>fastest</small>"), page);
        }

        @Test
        void previewsOnlyWhatCanBeBought() {
            User ada = fixtures.user("ada");
            DealCollection collection =
                    fixtures.collections.create(ada, new CollectionInput("PCs", null, Visibility.PUBLIC));
            for (String status : new String[] {"archived", "pending", "active"}) {
                String changes = "{\"title\": \"one %1$s\", \"status\": \"%1$s\"}".formatted(status);
                Listing listing = fixtures.listings.create(ada, with(fixtures.completeListing(), changes));
                fixtures.addItem(ada, collection, listing.id());
            }
            PublicCollectionQuery query = new PublicCollectionQuery(200, 0);
            String page = CollectionHtml.of(
                    fixtures.getPublic(collection, query), BestDeals.NONE, view(query), PUBLIC_URL, "token");
            assertTrue(page.contains("<meta property=\"og:description\" content=\"one active\">"), page);
        }

        @Test
        void sortsByAColumnAndLinksToTheReverse() {
            String page = view(new SharedPageQuery(200, 0, DealColumn.PRICE, false, false));
            int table = page.indexOf("<tbody>");
            assertTrue(page.indexOf("$100.00", table) < page.indexOf("$200.00", table), page);
            assertTrue(page.contains("aria-sort=\"ascending\"><a href=\"?sort=price&amp;reverse=true\""), page);
            String reversed = view(new SharedPageQuery(200, 0, DealColumn.PRICE, true, false));
            table = reversed.indexOf("<tbody>");
            assertTrue(reversed.indexOf("$100.00", table) > reversed.indexOf("$200.00", table), reversed);
        }

        @Test
        void leavesOutEqualColumnsAndNamesThem() {
            String page = view(new SharedPageQuery(200, 0, null, false, true));
            assertTrue(page.contains("Equal in all: ") && page.contains("Condition <strong dir=\"auto\">"), page);
            assertFalse(page.contains("data-name=\"Condition\""), page);
            assertTrue(page.contains("data-name=\"Price\""), page);
            assertTrue(page.contains(">Show all columns</a>"), page);
        }

        @Test
        void sortsAllDealsIfThePageHasAPartOfThem() {
            String page = view(new SharedPageQuery(1, 0, null, false, false));
            assertTrue(page.contains("<a href=\"?limit=1000&amp;sort=price\""), page);
            assertTrue(page.contains("<a href=\"?limit=1&amp;offset=0&amp;differences=true\""), page);
        }

        @Test
        void linksToSavingIt() {
            String page = view(new SharedPageQuery(200, 0, null, false, false));
            assertTrue(page.contains("<a href=\"https://example.org/deals/save?link=%2Fc%2Ftoken\""), page);
        }

        private static String view(SharedPageQuery query) {
            User ada = fixtures.user("ada");
            DealCollection collection =
                    fixtures.collections.create(ada, new CollectionInput("PCs", null, Visibility.PUBLIC));
            for (String price : new String[] {"200", "100"}) {
                Listing listing = fixtures.listings.create(
                        ada,
                        with(
                                fixtures.completeListing(),
                                "{\"adjusted_price_usd\": null, \"price_usd\": " + price + "}"));
                fixtures.addItem(ada, collection, listing.id());
            }
            return CollectionHtml.of(
                            fixtures.getPublic(collection, query.items()), BestDeals.NONE, query, PUBLIC_URL, "token")
                    .replace("&#x3D;", "=");
        }

        @Test
        void saysThatTheCollectionIsEmptyOnlyIfItIs() {
            assertTrue(page(0, 200, 0).contains("This collection is empty."), page(0, 200, 0));
            for (String missed : new String[] {page(3, 200, 5000), page(3, 0, 0), page(3, 0, 5000)}) {
                assertFalse(missed.contains("This collection is empty."), missed);
                assertTrue(
                        missed.contains("3 deals") && missed.contains("None of its deals are on this page."), missed);
                assertTrue(missed.contains("<a href=\"?offset=0\""), missed);
                assertFalse(missed.contains("limit=0"), missed);
            }
        }

        private static SharedPageQuery view(PublicCollectionQuery query) {
            return new SharedPageQuery(query.limit(), query.offset(), null, false, false);
        }

        private static String page(int items, int limit, int offset) {
            return page(fixtures.user("ada"), items, limit, offset);
        }

        private static String page(User ada, int items, int limit, int offset) {
            DealCollection collection = fixtures.collectionOf(ada, items);
            fixtures.setVisibility(ada, collection, Visibility.PUBLIC);
            PublicCollectionQuery query = new PublicCollectionQuery(limit, offset);
            return CollectionHtml.of(
                            fixtures.getPublic(collection, query), BestDeals.NONE, view(query), PUBLIC_URL, "token")
                    .replace("&#x3D;", "=");
        }
    }

    private static PublicShare share(Listing listing) {
        return new PublicShare(1, "token", listing.id(), 0, false, null, "ada", listing);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static JsonNode jsonLd(String page) {
        Matcher script = Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page);
        assertTrue(script.find(), page);
        return Json.parse(script.group(1).getBytes(StandardCharsets.UTF_8));
    }
}
