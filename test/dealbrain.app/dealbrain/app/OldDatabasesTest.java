package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.SqlClient;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Databases of earlier commits, filled by the same requests to the application of that commit: this application
 * migrates them, accepts their tokens, passwords and links, and responds the same with each.
 */
@Timeout(600)
class OldDatabasesTest {
    private static final Path DUMPS = Path.of("test/dealbrain.app/dealbrain/app/databases");
    private static final Pattern TOKEN = Pattern.compile("-- token of ada: (\\S+)");
    private static final Pattern VARYING =
            Pattern.compile("127\\.0\\.0\\.1:\\d+|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|/(c|deals/\\d+)/[\\w-]{43,64}"
                    + "|%2F[\\w-]{43,64}|\"(share_)?token\":\"[\\w-]+\"");
    private static final List<String> READS = List.of(
            "/api/v1/users/me",
            "/api/v1/collections",
            "/api/v1/collections/1",
            "/api/v1/collections/1/items?sort=-price_usd",
            "/api/v1/collections/1/export?format=json",
            "/api/v1/collections/1/export?format=csv",
            "/api/v1/collections/1/share-tokens",
            "/api/v1/collections/discover",
            "/api/v1/collections/public/2",
            "/api/v1/listings?sort=price_usd",
            "/api/v1/listings?q=gr%C3%B6%C3%9Fer%20elitedesk",
            "/api/v1/listings/1",
            "/api/v1/listings/1/shares",
            "/api/v1/catalog/cpus?q=8500",
            "/api/v1/catalog/storage-profiles",
            "/api/v1/notifications",
            "/api/v1/user-shares");

    @RegisterExtension
    static final TestDatabase beforeChangeLog = TestDatabase.empty();

    @RegisterExtension
    static final TestDatabase withChangeLog = TestDatabase.empty();

    @TempDir
    Path folder;

    @Test
    void respondTheSame() throws IOException {
        Map<String, String> first = responses(beforeChangeLog, "version-7.sql");
        Map<String, String> second = responses(withChangeLog, "version-9.sql");

        for (Map.Entry<String, String> response : first.entrySet()) {
            assertEquals(response.getValue(), second.get(response.getKey()), response.getKey());
        }
    }

    /** Restores a dump, starts the application with it, and returns the responses by the path of the request. */
    private Map<String, String> responses(TestDatabase database, String file) throws IOException {
        String dump = Files.readString(DUMPS.resolve(file));
        String url = OwnPostgres.variable(database.url());
        SqlClient.execute(url, dump);
        try (Program program = Program.start(folder.resolve(file), Map.of("DATABASE_URL", url))) {
            Matcher token = TOKEN.matcher(dump);
            assertTrue(token.find());
            Api ada = program.api().as(token.group(1));
            Map<String, String> responses = new LinkedHashMap<>();
            READS.forEach(path -> responses.put(path, read(ada, path)));
            assertEquals(
                    3, ada.get("/api/v1/collections/1").json().path("items").size());
            readLinks(ada, responses);
            readCopy(program.api(), responses);
            assertChanges(ada);
            return responses;
        }
    }

    private static String read(Api api, String path) {
        Api.Response response = api.get(path);
        assertEquals(200, response.status(), () -> path + ": " + response.text());
        return VARYING.matcher(response.text()).replaceAll("…");
    }

    private static void readLinks(Api ada, Map<String, String> responses) {
        String deal = link(ada.get("/api/v1/listings/1/shares").json());
        String collection = link(ada.get("/api/v1/collections/1/share-tokens").json());
        responses.put("the page of a listing", read(ada, deal));
        responses.put("the page of a collection", read(ada, collection));
        assertTrue(read(ada, collection).contains("HP EliteDesk 800 G4 Mini – größer"));
    }

    private static String link(JsonNode shares) {
        String url = shares.path(0).path("share_url").asText();
        return url.substring(url.indexOf('/', "http://".length()));
    }

    /** Bob signs in with his password, and reads his copy of the collection. */
    private static void readCopy(Api api, Map<String, String> responses) {
        Api bob = api.signIn("bob", "correct horse battery", "write");
        responses.put("a copy", read(bob, "/api/v1/collections/3"));
    }

    /** Changes of the old rows are visible in the cached page at once. */
    private static void assertChanges(Api ada) {
        String deal = "/api/v1" + link(ada.get("/api/v1/listings/1/shares").json());
        for (int price = 150; price < 153; price++) {
            String change = "{\"price_usd\": " + price + "}";
            assertEquals(200, ada.patch("/api/v1/listings/1", change).status());
            assertEquals(price, ada.get(deal).json().at("/listing/price_usd").asInt());
        }
        assertEquals(
                201,
                ada.post("/api/v1/collections/2/items", "{\"listing_id\": 1}").status());
        assertEquals(
                2, ada.get("/api/v1/collections/2").json().path("item_count").asInt());
    }
}
