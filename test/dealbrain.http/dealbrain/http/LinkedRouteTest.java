package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkedRouteTest {
    private static final String TOKEN = "aB3_-z_9";
    private static final TestSite SITE = TestSite.start();

    @AfterAll
    static void stop() {
        SITE.close();
    }

    @Nested
    class Queries {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "?fbclid=IwAR0",
                    "?utm_source=x&utm_source=y",
                    "?s=09",
                    "?",
                    "?&&",
                    "?=",
                    "?a=%ff",
                    "?%ff=a",
                    "?a=%00",
                    "?a%5Bb%5D=c",
                    "?limit=5"
                })
        void areIgnoredByAPageWithoutParameters(String query) {
            assertEquals(200, SITE.get("/links/" + TOKEN + query).status());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "limit=",
                    "limit",
                    "limit=0",
                    "limit=1000",
                    "limit=abc",
                    "limit=5&limit=6",
                    "limit=5)",
                    "limit=5?s=09",
                    "limit=99999999999999999999",
                    "LIMIT=5",
                    "limit=%ff",
                    "state=lost",
                    "cursor=%00",
                    "count=all",
                    "offset=-1",
                    "offset=1e4",
                    "utm_source=x"
                })
        void haveTheirDefaultsWhereTheyAreInvalid(String query) {
            TestSite.ClientResponse response = SITE.get("/linked/things?total=45&" + query);
            assertEquals(200, response.status(), response.text());
            assertEquals(20, response.json().size());
        }

        @Test
        void areReadWhereTheyAreValid() {
            assertEquals(
                    5,
                    SITE.get("/linked/things?fbclid=x&limit=5&total=45&offset=-1")
                            .json()
                            .size());
        }

        @Test
        void leaveOutTheUnknownInLinksToOtherPages() {
            String links = SITE.get("/linked/things?utm_source=x&total=45&limit=5&offset=no")
                    .header("Link");
            assertTrue(links.contains("</linked/things?total=45&limit=5&offset=40>; rel=\"last\""), links);
            assertFalse(links.contains("utm_source"), links);
        }

        @Test
        void areStrictOnOtherRoutes() {
            assertEquals(422, SITE.get("/api/v1/things?utm_source=x").status());
            assertEquals(422, SITE.get("/api/v1/things?limit=").status());
            assertEquals(422, SITE.get("/api/v1/things/1?fbclid=x").status());
        }
    }

    @Nested
    class Paths {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/",
                    "//",
                    ".",
                    ",",
                    ")",
                    "%5D",
                    "%3E",
                    "%22",
                    "'",
                    ";",
                    "!",
                    "%3F",
                    "%20",
                    "%0A",
                    "%0D%0A",
                    "%09",
                    "*",
                    "**",
                    "_",
                    "__",
                    "-",
                    "%E2%80%8B",
                    "%E2%80%9D",
                    "%E2%80%99",
                    "%C2%BB",
                    "%E2%80%A6",
                    "%C2%A0",
                    "%E3%80%82",
                    "...",
                    ").",
                    "/.",
                    "/)",
                    ".%20See",
                    "%0Ahttps:",
                    "&utm_source=x",
                    "%3C/a%3E",
                    "%E2%80",
                    "%ff",
                    "%00",
                    "=",
                    ":8080",
                    "%60",
                    "%7C",
                    "/%20",
                    "and",
                    "%EF%BC%89"
                })
        void areCutToTheTokenByARedirect(String glued) {
            for (String method : new String[] {"GET", "HEAD"}) {
                TestSite.ClientResponse response = SITE.send(method, "/links/" + TOKEN + glued + "?s=09&a=%20b", "");
                assertEquals(308, response.status(), method + " " + glued);
                assertEquals("/links/" + TOKEN + "?s=09&a=%20b", response.header("Location"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"%20", "%3C", "%22", "(", "%E2%80%9C", "%E2%80%8B"})
        void areCutBeforeTheTokenToo(String glued) {
            assertEquals(
                    "/links/" + TOKEN,
                    SITE.get("/links/" + glued + TOKEN + glued).header("Location"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/links/short", "/links/short.", "/links/" + TOKEN + "/more", "/links", "/links/", "/links/."
                })
        void areUnknownWithoutAToken(String path) {
            assertEquals(404, SITE.get(path).status());
        }

        @Test
        void mayEncodeTheToken() {
            assertEquals(200, SITE.get("/links/aB3%5F%2Dz_9").status());
        }

        @ParameterizedTest
        @CsvSource({
            "/docs/, /docs",
            "/docs., /docs",
            "/docs), /docs",
            "/problems/not-found/, /problems/not-found",
            "/problems/not-found., /problems/not-found",
            "/api/v1/things/, /api/v1/things",
            "/api/v1/things//1/, /api/v1/things/1",
            "/linked/things%20, /linked/things",
            "/robots.txt/, /robots.txt",
            "/., /"
        })
        void areRedirectedWithoutASlashTooMany(String path, String canonical) {
            TestSite.ClientResponse response = SITE.get(path);
            assertEquals(308, response.status());
            assertEquals(canonical, response.header("Location"));
        }

        @Test
        void keepTheMethod() {
            assertEquals(308, SITE.post("/api/v1/things/", "{\"name\": \"a\"}").status());
            assertEquals(405, SITE.send("DELETE", "/api/v1/things", "").status());
            assertEquals(404, SITE.send("DELETE", "/api/v1/things/", "").status());
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/v1/things/special.", "/long)", "/api/v1/things/1%20"})
        void areNotCutOnOtherRoutes(String path) {
            assertTrue(SITE.get(path).status() >= 400);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "//evil.example",
                    "//evil.example/",
                    "//evil.example/docs/",
                    "///evil.example/",
                    "/%2F%2Fevil.example/",
                    "/%5Cevil.example/",
                    "/%09/evil.example/",
                    "http://evil.example/docs/",
                    "//evil.example/links/" + TOKEN + "."
                })
        void neverLeadToAnotherHost(String target) throws IOException {
            String response = SITE.raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertFalse(response.contains("\nLocation: //") || response.contains("\nLocation: http"), response);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/problems/NOT-FOUND", "/problems/Not-found"})
        void areNotCutAtCapitals(String path) {
            assertEquals(404, SITE.get(path).status());
        }

        @Test
        void cannotAddHeaders() throws IOException {
            String response = SITE.raw(
                    "GET /links/" + TOKEN
                            + "%0d%0aX-Evil:%20b?a=%0d%0aX-Evil:%20b&c=\u00e9 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(response.startsWith("HTTP/1.1 308 "), response);
            assertFalse(response.contains("\nX-Evil"), response);
        }
    }

    @Nested
    class MediaTypes {
        @ParameterizedTest
        @ValueSource(strings = {"image/*", "*/*", "text/plain", "application/json", "", "text/html;q=0.5", "x"})
        void areNotRefusedOnAPage(String accept) {
            assertEquals(200, SITE.get("/links/" + TOKEN, "Accept", accept).status());
            assertEquals(200, SITE.get("/docs", "Accept", accept).status());
            assertEquals(302, SITE.get("/", "Accept", accept).status());
        }
    }

    @Nested
    class Problems {
        private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

        @ParameterizedTest
        @CsvSource({
            "GET, /nothing, 404",
            "GET, /links/short, 404",
            "POST, /docs, 405",
            "POST, /nothing, 404",
            "GET, /fail/other, 404",
            "GET, /fail/bug, 500",
            "GET, /fail/database, 503",
            "GET, /long?x=1, 422",
            "GET, /texts/%ff, 400"
        })
        void arePagesInABrowser(String method, String path, int status) {
            TestSite.ClientResponse response = SITE.send(method, path, "", "Accept", BROWSER);
            assertEquals(status, response.status());
            assertEquals("text/html; charset=utf-8", response.header("Content-Type"));
            assertEquals("no-store", response.header("Cache-Control"));
            assertTrue(response.header("Vary").contains("Accept"));
            assertTrue(response.text().contains("<h1>"), response.text());
            assertEquals("noindex", response.header("X-Robots-Tag"));
            String policy = response.header("Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none';"), policy);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "*/*", "image/*", "text/plain"})
        void arePagesOnRoutesWithPages(String accept) {
            assertEquals(
                    "text/html; charset=utf-8",
                    SITE.get("/problems/other", "Accept", accept).header("Content-Type"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "application/problem+json, text/html;q=0.5"})
        void areJsonIfTheClientNamesIt(String accept) {
            assertEquals(
                    "not-found", SITE.get("/problems/other", "Accept", accept).code());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "*/*", "application/json, text/plain, */*", "image/*"})
        void areJsonElsewhere(String accept) {
            assertEquals("not-found", SITE.get("/nothing", "Accept", accept).code());
        }

        @Test
        void escapeWhatTheClientSent() {
            String page = SITE.get("/linked/nothing?x", "Accept", BROWSER).text()
                    + SITE.get("/api/v1/things/%3Cscript%3E", "Accept", BROWSER).text();
            assertFalse(page.contains("<script"), page);
            assertTrue(page.contains("&lt;script&gt;"), page);
        }
    }

    @Nested
    class Files {
        @ParameterizedTest
        @CsvSource({"/favicon.ico, image/x-icon", "/favicon.svg, image/svg+xml"})
        void areIcons(String path, String mediaType) {
            TestSite.ClientResponse response = SITE.get(path + "?v=2", "Accept", "image/avif,image/webp");
            assertEquals(200, response.status());
            assertEquals(mediaType, response.header("Content-Type"));
            assertTrue(response.http().body().length > 100);
        }

        @Test
        void letCrawlersFetchPages() {
            TestSite.ClientResponse response = SITE.get("/robots.txt");
            assertEquals("text/plain; charset=utf-8", response.header("Content-Type"));
            assertTrue(response.text().contains("User-agent: *\nDisallow:\n"), response.text());
        }
    }
}
