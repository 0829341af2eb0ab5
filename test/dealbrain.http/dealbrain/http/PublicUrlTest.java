package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {
    @Nested
    class Texts {
        @ParameterizedTest
        @CsvSource({
            "https://a.example, https://a.example, ''",
            "https://a.example/, https://a.example, ''",
            "https://a.example///, https://a.example, ''",
            "https://a.example/x/y, https://a.example/x/y, /x/y",
            "https://a.example/x/y/, https://a.example/x/y, /x/y",
            "HTTP://a.example:8080/~x, HTTP://a.example:8080/~x, /~x",
            "http://[::1]:8080/%C3%BC, http://[::1]:8080/%C3%BC, /%C3%BC"
        })
        void areParsed(String text, String base, String prefix) {
            assertEquals(new PublicUrl(base, prefix), PublicUrl.parse(text));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a.example",
                    "ftp://a.example",
                    "https://",
                    "https:///x",
                    "https://u:p@a.example",
                    "https://a.example/x?y",
                    "https://a.example?",
                    "https://a.example/#x",
                    "https://a.example//x",
                    "https://a.example/x//y",
                    "https://a.example/../x",
                    "https://a.example/x/.",
                    "https://a.example/x y",
                    "https://a.example/%zz",
                    "https://a.example/<x>",
                    "https://a.example/\u00fc",
                    "https://a.example/x\\y"
                })
        void areRefusedWithTheRule(String text) {
            String rule = assertThrows(IllegalArgumentException.class, () -> PublicUrl.parse(text))
                    .getMessage();
            assertTrue(rule.startsWith("must be "), rule);
        }
    }

    @Nested
    class WithAPath {
        private static final TestSite SITE = TestSite.at(PublicUrl.parse("https://deals.example.org/x/y/"));

        @AfterAll
        static void stop() {
            SITE.close();
        }

        @Test
        void beginsTheAddressesInHeaders() {
            assertEquals(
                    "/x/y/api/v1/things/1",
                    SITE.post("/api/v1/things", "{\"name\": \"a\"}").header("Location"));
            assertEquals("/x/y/docs", SITE.get("/").header("Location"));
            assertEquals("/x/y/docs?a=b", SITE.get("/docs/?a=b").header("Location"));
            assertEquals("/x/y/links/12345678", SITE.get("/links/12345678.").header("Location"));
            assertTrue(SITE.get("/api/v1/things?total=45").header("Link").contains("</x/y/api/v1/things?total=45&"));
        }

        @Test
        void beginsTheAddressesInProblems() {
            TestSite.ClientResponse problem = SITE.get("/nothing");
            assertEquals("/x/y/problems/not-found", problem.json().path("type").asText());
            assertEquals("/x/y/nothing", problem.json().path("instance").asText());
        }

        @ParameterizedTest
        @ValueSource(strings = {"/docs", "/docs/docs.js", "/problems/not-found", "/nothing"})
        void beginsTheAddressesInPages(String path) {
            String page = SITE.get(path, "Accept", "text/html, */*;q=0.5").text();
            assertTrue(page.contains("\"/x/y/"), page);
            assertFalse(page.matches("(?s).*(href|src|url)(=|: )\"/(?!x/y/).*"), page);
        }
    }
}
