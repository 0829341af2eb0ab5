package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Nested
    class ByOffset {
        @ParameterizedTest
        @CsvSource({
            "45, 20, 0, first=0 next=20 last=40",
            "45, 20, 20, first=0 prev=0 next=40 last=40",
            "45, 20, 40, first=0 prev=20 last=40",
            "40, 20, 20, first=0 prev=0 last=20",
            "45, 20, 5, first=0 prev=0 next=25 last=40",
            "0, 20, 0, first=0 last=0",
            "45, 20, 500, first=0 prev=40 last=40",
            "0, 20, 60, first=0 prev=0 last=0",
            "1, 1, 0, first=0 last=0",
            "45, 20, 2147483647, first=0 prev=40 last=40"
        })
        void linksToTheOtherPages(int total, int limit, int offset, String expected) {
            StringBuilder found = new StringBuilder();
            links("total=" + total + "&limit=" + limit + "&offset=" + offset)
                    .forEach((relation, link) -> found.append(relation)
                            .append('=')
                            .append(link.replaceFirst(".*[?&]offset=(\\d+).*", "$1"))
                            .append(' '));
            assertEquals(expected, found.toString().strip());
        }

        @Test
        void keepsTheOtherParametersEncoded() {
            assertEquals(
                    "/api/v1/things?q=a%26b+%C3%BC%3E&total=45&limit=20&offset=20",
                    links("q=a%26b%20%C3%BC%3E&offset=0&total=45").get("next"));
        }

        @Test
        void linksToExistingPages() {
            TestSite.ClientResponse next =
                    SITE.get(links("total=45&limit=20&q=a%26b").get("next"));
            assertEquals(21, next.json().get(0).path("id").asInt());
            assertEquals("45", next.header("X-Total-Count"));
        }
    }

    @Nested
    class ByCursor {
        @Test
        void linksToTheNextPageOnly() {
            assertEquals(
                    Map.of("next", "/api/v1/things?q=more&total=45&limit=20&cursor=a%26b"),
                    links("q=more&total=45&offset=0"));
        }

        @Test
        void hasNoLinksOnTheLastPage() {
            assertEquals(Map.of(), links("cursor=a%26b&total=45"));
        }
    }
}
