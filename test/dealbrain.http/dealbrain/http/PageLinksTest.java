package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageLinksTest {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>; rel=\"([a-z]+)\"");
    private static final TestSite SITE = TestSite.start();

    @AfterAll
    static void stop() {
        SITE.close();
    }

    private static Map<String, String> links(String query) {
        Map<String, String> links = new LinkedHashMap<>();
        Matcher matcher = LINK.matcher(SITE.get("/api/v1/things?" + query).header("Link"));
        while (matcher.find()) {
            links.put(matcher.group(2), matcher.group(1));
        }
        return links;
    }

    /** Returns the offsets of the links, and "cursor" for one by cursor. */
    private static String positions(String query) {
        StringBuilder found = new StringBuilder();
        links(query)
                .forEach((relation, link) -> found.append(relation)
                        .append('=')
                        .append(link.replaceFirst(".*[?&]offset=(\\d+).*", "$1").replaceFirst(".*cursor=.*", "cursor"))
                        .append(' '));
        return found.toString().strip();
    }

    private static String total(String query) {
        TestSite.ClientResponse response = SITE.get("/api/v1/things?" + query);
        assertEquals(200, response.status(), response.text());
        String total = response.header("X-Total-Count") + " " + response.header("X-Total-Count-Relation");
        return total.isBlank() ? "none" : total;
    }

    @Nested
    class ByOffset {
        @ParameterizedTest
        @CsvSource({
            "45, 20, 0, first=0 last=40 next=cursor",
            "45, 20, 20, first=0 prev=0 last=40 next=cursor",
            "45, 20, 40, first=0 prev=20 last=40",
            "40, 20, 20, first=0 prev=0 last=20",
            "45, 20, 5, first=0 prev=0 last=40 next=cursor",
            "0, 20, 0, first=0 last=0",
            "45, 20, 500, first=0 prev=40 last=40",
            "0, 20, 60, first=0 prev=0 last=0",
            "1, 1, 0, first=0 last=0",
            "45, 20, 10000, first=0 prev=40 last=40",
            "10000, 20, 0, first=0 last=9980 next=cursor",
            "10001, 20, 0, first=0 next=cursor",
            "10001, 20, 40, first=0 prev=20 next=cursor"
        })
        void linksToTheOtherPages(int total, int limit, int offset, String expected) {
            assertEquals(expected, positions("total=" + total + "&limit=" + limit + "&offset=" + offset));
        }

        @Test
        void linksToTheLastPageOnlyIfItsOffsetIsAllowed() {
            assertEquals("first=0 last=10000 next=cursor", positions("total=10020&count=exact"));
            assertEquals("first=0 next=cursor", positions("total=10021&count=exact"));
        }

        @Test
        void doesNotLinkToTheLastPageWithoutATotal() {
            assertEquals("first=0 next=cursor", positions("total=45&count=none"));
        }

        @Test
        void keepsTheOtherParametersEncoded() {
            assertEquals(
                    "/api/v1/things?q=a%26b+%C3%BC%3E&total=45&limit=20&offset=40",
                    links("q=a%26b%20%C3%BC%3E&offset=0&total=45").get("last"));
        }

        @Test
        void linksToExistingPages() {
            TestSite.ClientResponse last =
                    SITE.get(links("total=45&limit=20&q=a%26b").get("last"));
            assertEquals(41, last.json().get(0).path("id").asInt());
            assertEquals("45", last.header("X-Total-Count"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/v1/things", "/linked/things"})
        void isLimited(String path) {
            assertEquals(200, SITE.get(path + "?total=45&offset=10000").status());
            TestSite.ClientResponse response = SITE.get(path + "?total=45&offset=10001");
            assertEquals(422, response.status());
            assertEquals(
                    "offset must be between 0 and 10000, was 10001; read on with the cursor from the header Link"
                            + " (rel=\"next\") of a page",
                    response.json().path("detail").asText());
        }
    }

    @Nested
    class ByCursor {
        @Test
        void linksToTheNextPageOnly() {
            String second = links("q=a%26b&total=45&offset=0").get("next");
            assertTrue(second.startsWith("/api/v1/things?q=a%26b&total=45&limit=20&cursor="), second);

            TestSite.ClientResponse page = SITE.get(second);
            assertEquals(21, page.json().get(0).path("id").asInt());
            assertEquals("next=cursor", positions(second.replaceFirst(".*\\?", "")));
        }

        @Test
        void hasNoLinksOnTheLastPage() {
            String last = links("total=21").get("next");
            assertEquals(1, SITE.get(last).json().size());
            assertEquals("", SITE.get(last).header("Link"));
        }
    }

    @Nested
    class Totals {
        @ParameterizedTest
        @CsvSource({
            "0, limited, 0 eq",
            "10000, limited, 10000 eq",
            "10001, limited, 10000 gte",
            "500000, limited, 10000 gte",
            "10001, exact, 10001 eq",
            "10001, none, none"
        })
        void areExactUpToTheLimit(int total, String mode, String expected) {
            assertEquals(expected, total("total=" + total + "&count=" + mode));
            assertEquals(total("total=" + total), total("total=" + total + "&count=limited"));
        }
    }
}
