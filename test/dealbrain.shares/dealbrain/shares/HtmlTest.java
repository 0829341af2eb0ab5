package dealbrain.shares;

import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.User;
import dealbrain.caching.CacheResult;
import dealbrain.collections.CollectionFixtures;
import dealbrain.collections.DealCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.Visibility;
import dealbrain.http.CachedBody;
import dealbrain.http.Response;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingInput;
import dealbrain.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HtmlTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final String HOSTILE = "</script><script>alert(1)</script> \"'<b>&amp; {{title}} \u2028";
    private static final String URL = "https://deals.example.org/deals/1/token";

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

            String page = DealHtml.of(share(listing), URL);

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
                "<meta property=\"og:url\" content=\"" + URL + "\">",
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

            String page = DealHtml.of(share(listing), URL);

            for (String absent :
                    new String[] {"$", "og:image", "<img", "See the offer", "per CPU mark", "offers", "null"}) {
                assertFalse(
                        page.replaceAll("(?s)<style>.*</style>", "").contains(absent),
                        () -> absent + " is in\n" + page);
            }
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

            String page = DealHtml.of(share(listing), URL);

            assertEquals(1, count(page, "<script"), page);
            assertEquals(1, count(page, "</script>"), page);
            assertFalse(page.contains("<b>"), page);
            assertFalse(page.replaceAll("(?s)<script.*</script>", "").contains("\"onclick"), page);
            assertEquals(listing.title(), jsonLd(page).path("name").asText());
        }

        @Test
        void containsAProductWithItsOfferAsJsonLd() {
            Listing listing = fixtures.listings.create(fixtures.user("ada"), fixtures.completeListing());

            JsonNode product = jsonLd(DealHtml.of(share(listing), URL));

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

            String html = DealHtml.of(share(listing), URL);
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
            assertFalse(page(3, 2, 2).contains("href=\"?"), page(3, 2, 2));
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

        private static String page(int items, int limit, int offset) {
            User ada = fixtures.user("ada");
            DealCollection collection = fixtures.collectionOf(ada, items);
            fixtures.setVisibility(ada, collection, Visibility.PUBLIC);
            PublicCollectionQuery query = new PublicCollectionQuery(limit, offset);
            return CollectionHtml.of(fixtures.getPublic(collection, query), query, URL)
                    .replace("&#x3D;", "=");
        }
    }

    @Nested
    class Gone {
        @Test
        void explainsWhyTheLinkCannotBeOpened() {
            Response response = HtmlTemplates.orGone(() -> {
                throw ShareProblems.expired();
            });

            assertEquals(404, response.status());
            assertTrue(text(response).contains("<h1>The link has expired</h1>"), text(response));
        }
    }

    private static PublicShare share(Listing listing) {
        return new PublicShare(1, "token", listing.id(), 0, false, null, "ada", listing);
    }

    private static String text(Response response) {
        return new String(((Response.Body.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
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
