package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings as CSV, and by their numbers on a marketplace, over HTTP. */
class ListingTransferApiTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final String IMPORT = "/api/v1/listings/import";
    private static final String EXPORT = "/api/v1/listings/export?format=csv";

    private Api ada;

    @BeforeEach
    void signUp() {
        ada = application.api().signUp("ada-" + UUID.randomUUID().toString().substring(0, 8));
    }

    private Response send(String path, byte[] file) {
        return ada.sendBytes("POST", path, file, "Content-Type", "text/csv; charset=utf-8");
    }

    private Response send(String path, String file) {
        return send(path, file.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title,price\nPC,199.50\n",
                "\uFEFFTitel;Preis\r\nPC;199,50\r\n",
                "TITLE\tPreis in USD\rPC\t199,50\r",
                "\"Titel\";\"Preis\"\n\"PC\";\"$ 199,50\""
            })
    void importsFilesOfSpreadsheets(String file) {
        Response checked = send(IMPORT + "?dry_run=true", file);
        assertEquals(200, checked.status(), checked::text);
        assertEquals("created", checked.json().at("/rows/0/outcome").asText());
        assertTrue(checked.json().at("/rows/0/id").isNull());

        Response imported = send(IMPORT, file);

        assertEquals(200, imported.status(), imported::text);
        String path = "/api/v1/listings/" + imported.json().at("/rows/0/id").asText();
        assertEquals("199.50", ada.get(path).json().path("price_usd").asText());
        assertEquals(1, send(IMPORT, file).json().path("unchanged").asInt());
    }

    @Test
    void takesBackItsExport() {
        ada.post(
                "/api/v1/listings",
                "{\"title\": \"=1+1, \\\"x\\\"\", \"price_usd\": 99.9, \"vendor_item_id\": \"00123\","
                        + " \"attributes\": {\"a\": 1}}");
        Response exported = ada.get(EXPORT);
        assertEquals(200, exported.status(), exported::text);
        assertEquals(
                "text/csv; charset=utf-8; header=present",
                exported.header("Content-Type").orElseThrow());
        assertTrue(exported.header("Content-Disposition").orElseThrow().contains("listings.csv"));
        assertEquals(2, exported.text().lines().count());

        assertEquals(
                1, send(IMPORT, exported.http().body()).json().path("unchanged").asInt());
        Api bob = application.api().signUp("bob-" + UUID.randomUUID().toString().substring(0, 8));
        assertEquals(1, bob.get(EXPORT).text().lines().count());
        bob.sendBytes("POST", IMPORT, exported.http().body(), "Content-Type", "text/csv");
        assertEquals(exported.text(), bob.get(EXPORT).text());
    }

    @Test
    void reportsTheErrorsOfAnInvalidFile() {
        String file = "Titel;Preis;Prozessor\nA;1,50;\nB;viel;gibt es nicht\n";

        Response refused = send(IMPORT, file);

        assertEquals(422, refused.status(), refused::text);
        assertEquals(2, refused.json().path("errors").size(), refused::text);
        assertEquals("/3/price_usd", refused.json().at("/errors/0/pointer").asText());
        assertEquals(
                "row 3, column Preis: price_usd must be a number of US dollars such as 1234,56, was 'viel'",
                refused.json().at("/errors/0/detail").asText());
        assertEquals(
                "row 3, column Prozessor: cpu must be the name of a CPU in the catalog, was 'gibt es nicht'",
                refused.json().at("/errors/1/detail").asText());
        Response checked = send(IMPORT + "?dry_run=true", file);
        assertEquals(200, checked.status(), checked::text);
        assertEquals("invalid", checked.json().at("/rows/1/outcome").asText());
        assertEquals("Prozessor", checked.json().at("/rows/1/errors/1/column").asText());
        assertEquals(1, ada.get(EXPORT).text().lines().count());
    }

    @Test
    void namesTheOnlyFormatOfAnExport() {
        Response refused = ada.get("/api/v1/listings/export?format=xml");

        assertEquals(422, refused.status(), refused::text);
        assertEquals(
                "format must be csv, was \"xml\"", refused.json().path("detail").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE"})
    void namesTheEncodingThatItNeeds(String charset) {
        Response refused = send(IMPORT, "Titel;Verk\u00E4ufer\nGer\u00E4t;x\n".getBytes(Charset.forName(charset)));

        assertEquals(400, refused.status(), refused::text);
        assertTrue(refused.json().path("detail").asText().contains("UTF-8"), refused::text);
    }

    @Test
    void limitsAFile() {
        assertEquals(
                1000,
                send(IMPORT + "?dry_run=true", "title\n" + "PC\n".repeat(1000))
                        .json()
                        .path("created")
                        .asInt());
        assertEquals(422, send(IMPORT, "title\n" + "PC\n".repeat(1001)).status());
        assertEquals(415, ada.post(IMPORT, "{}").status());
        assertEquals(422, send(IMPORT, "price\n1\n").status());
        assertEquals(400, send(IMPORT, "").status());
    }

    @Test
    void storesAListingUnderItsNumberOnAMarketplace() {
        String number = "a%2Fb%20%C3%A4-" + UUID.randomUUID();
        String path = "/api/v1/listings/by-source/my%20market/" + number;

        Response created = ada.put(path, "{\"title\": \"PC\"}");
        Response replaced = ada.put(path, "{\"title\": \"PC 2\", \"marketplace\": \"my market\"}");

        assertEquals(201, created.status(), created::text);
        assertEquals(200, replaced.status(), replaced::text);
        assertTrue(replaced.header("Location").isEmpty());
        assertEquals("my market", created.json().path("marketplace").asText());
        assertTrue(created.json().path("vendor_item_id").asText().startsWith("a/b \u00E4-"), created::text);
        Response read = ada.get(created.header("Location").orElseThrow());
        assertEquals("PC 2", read.json().path("title").asText());
        assertEquals(read.json(), ada.get(path).json());
        Response other = ada.put(path, "{\"title\": \"PC\", \"vendor_item_id\": \"x\"}");
        assertEquals(422, other.status());
        assertEquals("/vendor_item_id", other.json().at("/errors/0/pointer").asText());
        assertEquals(
                422,
                ada.put("/api/v1/listings/by-source/" + "m".repeat(101) + "/1", "{\"title\": \"PC\"}")
                        .status());
        assertEquals(
                404,
                ada.put("/api/v1/listings/by-source/m/", "{\"title\": \"PC\"}").status());
    }

    @Test
    void replacesUnderACondition() {
        String path = "/api/v1/listings/by-source/m/" + UUID.randomUUID();
        String body = "{\"title\": \"PC\"}";
        assertEquals(412, ada.send("PUT", path, body, "If-Match", "*").status());
        String first = ada.put(path, body).header("ETag").orElseThrow();
        assertEquals(200, ada.send("PUT", path, body, "If-Match", "*").status());

        Response stale = ada.send("PUT", path, body, "If-Match", first);

        assertEquals(412, stale.status());
        String current = stale.header("ETag").orElseThrow();
        assertEquals(200, ada.send("PUT", path, body, "If-Match", current).status());
    }

    @Test
    void leavesOneRowAfterFiftyEqualRequests() {
        String path = "/api/v1/listings/by-source/m/" + UUID.randomUUID();
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();

        List<String> outcomes = Concurrently.run(50, _ -> statuses.add(putAgainIfUnavailable(path)));

        assertEquals(50, Collections.frequency(outcomes, "ok"), outcomes::toString);
        assertEquals(1, Collections.frequency(List.copyOf(statuses), 201), statuses::toString);
        assertEquals(49, Collections.frequency(List.copyOf(statuses), 200), statuses::toString);
    }

    /** On a busy machine, some requests wait longer for the others than they may. */
    private int putAgainIfUnavailable(String path) {
        int status = ada.put(path, "{\"title\": \"PC\"}").status();
        while (status == 503) {
            status = ada.put(path, "{\"title\": \"PC\"}").status();
        }
        return status;
    }
}
