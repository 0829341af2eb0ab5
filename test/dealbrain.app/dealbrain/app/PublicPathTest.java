package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The addresses in responses if {@code DEALBRAIN_PUBLIC_URL} has a path, which a proxy removes from the requests. */
class PublicPathTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application =
            new RunningApplication(database, Map.of("DEALBRAIN_PUBLIC_URL", "https://example.org/x/y/"));

    private static final Pattern ADDRESS =
            Pattern.compile("(?:href|src|content)=\"(/[^\"]*|https://example.org/[^\"]*)\"");

    @Test
    void haveThePath() {
        Api ada = application.api().signUp("ada");
        Response listing = ada.post("/api/v1/listings", "{\"title\": \"PC\"}");
        String location = listing.header("Location").orElseThrow();
        assertTrue(location.startsWith("/x/y/api/v1/listings/"), location);
        String path = location.substring("/x/y".length());
        JsonNode share = ada.post(path + "/shares", "{}").json();
        String url = share.path("share_url").asText();
        assertTrue(url.startsWith("https://example.org/x/y/deals/"), url);
        String links = ada.get("/api/v1/listings?limit=1").header("Link").orElseThrow();
        assertTrue(links.startsWith("</x/y/api/v1/listings?"), links);

        String page = url.substring("https://example.org/x/y".length());
        assertEquals(
                url,
                "https://example.org" + ada.get(page + ".").header("Location").orElseThrow());
        assertEquals(
                "/x/y/sign-in?next=%2Faccount%2Fpassword",
                ada.get("/account/password").header("Location").orElseThrow());
        JsonNode problem = ada.get("/api/v1/listings/0").json();
        assertEquals("/x/y/problems/not-found", problem.path("type").asText());
        assertEquals("/x/y/api/v1/listings/0", problem.path("instance").asText());
        assertEquals(
                "https://example.org/x/y",
                ada.get("/openapi.json").json().at("/servers/0/url").asText());
        for (String each : List.of(page, "/docs", "/ops", "/problems/not-found", "/nothing")) {
            requirePath(application.admin().get(each, "Accept", "text/html").text());
        }
    }

    private static void requirePath(String html) {
        Matcher addresses = ADDRESS.matcher(html);
        assertTrue(addresses.find(), html);
        do {
            String path = addresses.group(1).replaceFirst("^https://example.org", "");
            assertTrue(path.startsWith("/x/y/"), addresses.group());
            assertFalse(path.startsWith("/x/y/x/"), addresses.group());
        } while (addresses.find());
    }
}
