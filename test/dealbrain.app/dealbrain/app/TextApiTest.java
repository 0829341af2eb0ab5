package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in all scripts, and bytes that are not valid text. */
class TextApiTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final String COLLECTIONS = "/api/v1/collections";
    /** One code point, two UTF-16 code units, four bytes in UTF-8. */
    private static final String EMOJI = "\uD83D\uDDA5";

    private String username;
    private Api ada;

    @BeforeEach
    void signUp() {
        username = "ada-" + UUID.randomUUID().toString().substring(0, 8);
        ada = application.api().signUp(username);
    }

    private static String named(String name) {
        return Json.text(Map.of("name", name, "visibility", "public"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                " spaces at the edges ",
                "\u202Edesrever\u202C",
                "e\u0301 and \u00E9",
                "Z\u0351\u036B\u0343\u036A\u0302",
                "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "tab\there",
                "line\nbreak",
                "\u0001\u001F\u007F\u0085",
                "\u2028\u2029",
                "\uFEFFmark",
                "\uFFFD\uFFFE\uFDD0",
                "\uDBFF\uDFFF",
                "<script>alert(1)</script>&amp;\"'",
                "'; DROP TABLE listing; --",
                "%00 %s {0} ${x} \\u0000 \\",
                "=1+1",
                "\u0130\u0131\u00DF\u1E9E",
                "\u00BD\u0664\u2163"
            })
    void returnsTextUnchanged(String text) {
        Response created = ada.post(COLLECTIONS, named(text));
        assertEquals(201, created.status(), created.text());
        String path = created.header("Location").orElseThrow();

        assertEquals(text, created.json().path("name").asText());
        assertEquals(text, ada.get(path).json().path("name").asText());
        assertEquals(
                text,
                ada.get(COLLECTIONS + "/public/" + created.json().path("id").asLong())
                        .json()
                        .path("name")
                        .asText());
        assertEquals(
                text, ada.get(path + "/export?format=json").json().path("name").asText());
        String listing = ada.post(
                        "/api/v1/listings", Json.text(Map.of("title", text, "attributes", Map.of("k" + text, text))))
                .header("Location")
                .orElseThrow();
        JsonNode read = ada.get(listing).json();
        assertEquals(text, read.path("title").asText());
        assertEquals(text, read.path("attributes").path("k" + text).asText());
        assertEquals(
                text,
                ada.patch(listing, Json.text(Map.of("notes", text)))
                        .json()
                        .path("notes")
                        .asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", EMOJI, "\u00FC", "\u0301", "\u202E"})
    void countsCodePoints(String character) {
        Response longest = ada.post(COLLECTIONS, named(character.repeat(100)));
        assertEquals(201, longest.status(), longest.text());
        assertEquals(character.repeat(100), longest.json().path("name").asText());

        Response tooLong = ada.post(COLLECTIONS, named(character.repeat(101)));
        assertEquals(422, tooLong.status());
        assertEquals(
                "name must have between 1 and 100 characters, has 101",
                tooLong.json().path("detail").asText());
    }

    @Test
    void countsCodePointsInAllFieldsOfAListing() {
        Response created = ada.post(
                "/api/v1/listings",
                Json.text(Map.of(
                        "title",
                        EMOJI.repeat(255),
                        "seller",
                        EMOJI.repeat(255),
                        "marketplace",
                        EMOJI.repeat(100),
                        "vendor_item_id",
                        EMOJI.repeat(255),
                        "notes",
                        EMOJI.repeat(5000),
                        "listing_url",
                        "https://a/" + EMOJI.repeat(2038))));
        assertEquals(201, created.status(), created.text());
        assertEquals(EMOJI.repeat(5000), created.json().path("notes").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://Example.ORG/Path?Q=A#F, https://example.org/Path?Q=A#F",
        "Http://Ada:Secret@EXAMPLE.org:8080, http://Ada:Secret@example.org:8080",
        "https://B\u00DCRO.example/\u00DC, https://b\u00DCro.example/\u00DC",
        "https://a?B@C, https://a?B@C"
    })
    void storesSchemesAndHostsInLowerCase(String address, String stored) {
        String members = Json.text(Map.of("title", "PC", "listing_url", address, "thumbnail_url", address));
        JsonNode created = ada.post("/api/v1/listings", members).json();
        assertEquals(stored, created.path("listing_url").asText());
        assertEquals(stored, created.path("thumbnail_url").asText());
    }

    @Test
    void findsListingsOfAFileByAnAddressInAnyCase() {
        String host = UUID.randomUUID() + ".example";
        ada.post("/api/v1/listings", Json.text(Map.of("title", "PC", "listing_url", "https://" + host + "/1")));
        Response imported = ada.post(
                COLLECTIONS + "/import?dry_run=true",
                "{\"format\": \"dealbrain-collection\", \"version\": 1, \"name\": \"c\", \"items\": [{\"listing\": {"
                        + "\"title\": \"PC\", \"listing_url\": \"HTTPS://" + host.toUpperCase(Locale.ROOT)
                        + "/1\"}}]}");
        assertEquals(200, imported.status(), imported.text());
        assertEquals(1, imported.json().path("listings_matched").asInt(), imported.text());
    }

    @Test
    void acceptsAByteOrderMarkAndNullForAbsent() {
        Response created = ada.post(
                "/api/v1/listings",
                "\uFEFF{\"title\": \"PC\", \"condition\": null, \"attributes\": null, \"price_date\": \"2026-01-31\"}");
        assertEquals(201, created.status(), created.text());
        assertTrue(created.json().path("condition").isNull(), created.text());
        assertEquals("2026-01-31T00:00:00Z", created.json().path("price_date").asText());
        String collection =
                ada.post(COLLECTIONS, named("source")).header("Location").orElseThrow();
        assertEquals(201, ada.post(collection + "/copy", "null").status());
        assertEquals(422, ada.post(COLLECTIONS, "null").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Application/JSON",
                "application/json;charset=UTF-8",
                "application/json; Charset=\"utf-8\"",
                "application/json;charset=utf8"
            })
    void acceptsMediaTypesInAnyCase(String type) {
        byte[] body = named("a").getBytes(StandardCharsets.UTF_8);
        assertEquals(
                201,
                ada.sendBytes("POST", COLLECTIONS, body, "Content-Type", type).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER"})
    void acceptsTheSchemeOfATokenInAnyCase(String scheme) {
        Response token = ada.post(
                "/api/v1/tokens", Json.text(Map.of("username", username, "password", "correct horse battery")));
        Response me = application
                .api()
                .send(
                        "GET",
                        "/api/v1/users/me",
                        null,
                        "Authorization",
                        scheme + " " + token.json().path("token").asText());
        assertEquals(200, me.status(), me.text());
    }

    @Test
    void findsTextBySearch() {
        ada.post(COLLECTIONS, named("Lab " + EMOJI.repeat(3)));
        for (String q : new String[] {"%F0%9F%96%A5", "%25", "_", "%5C", "%27", "%00"}) {
            assertEquals(
                    q.equals("%00") ? 400 : 200,
                    ada.get(COLLECTIONS + "?q=" + q).status(),
                    q);
        }
        assertEquals(
                "1",
                ada.get(COLLECTIONS + "?q=%F0%9F%96%A5").header("X-Total-Count").orElseThrow());
        assertEquals(
                "0", ada.get(COLLECTIONS + "?q=%25").header("X-Total-Count").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00\\ud800", "a\\ud83d"})
    void rejectsInvalidText(String escaped) {
        Response refused = ada.post(COLLECTIONS, "{\"name\": \"" + escaped + "\"}");
        assertTrue(
                refused.status() == 400
                        || refused.json().at("/errors/0/pointer").asText().equals("/name"),
                refused.text());
        Response name = ada.post("/api/v1/listings", "{\"title\": \"a\", \"attributes\": {\"" + escaped + "\": 1}}");
        assertTrue(
                name.status() == 400
                        || name.json().at("/errors/0/pointer").asText().equals("/attributes"),
                name.text());
    }

    @Test
    void acceptsOnlyUtf8() {
        byte[][] bodies = {
            bytes("{\"name\": \"", 0xC0, 0xAF),
            bytes("{\"name\": \"", 0xE0, 0x80, 0xAF),
            bytes("{\"name\": \"", 0xF0, 0x80, 0x80, 0xAF),
            bytes("{\"name\": \"", 0xED, 0xA0, 0x80),
            bytes("{\"name\": \"", 0xF4, 0x90, 0x80, 0x80),
            bytes("{\"name\": \"", 0xFF),
            bytes("{\"name\": \"", 0x80),
            bytes("{\"name\": \"", 0xF0, 0x9F, 0x96),
            "{\"name\": \"a\"}".getBytes(StandardCharsets.UTF_16),
            "{\"name\": \"a\"}".getBytes(StandardCharsets.UTF_16LE),
            "{\"name\": \"a\"}".getBytes(StandardCharsets.UTF_16BE),
            "{\"name\": \"a\"}".getBytes(StandardCharsets.UTF_32BE)
        };
        for (byte[] body : bodies) {
            Response refused = ada.sendBytes("POST", COLLECTIONS, body, "Content-Type", "application/json");
            assertEquals(400, refused.status(), refused.text());
            assertEquals("malformed-request", refused.json().path("code").asText());
        }
    }

    private static byte[] bytes(String before, int... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        for (int each : more) {
            out.write(each);
        }
        out.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "GZIP, gzip", "identity, gzip"})
    void doesNotDecompressBodies(String coding) {
        Response refused = ada.sendBytes(
                "POST", COLLECTIONS, bomb(), "Content-Type", "application/json", "Content-Encoding", coding);
        assertEquals(415, refused.status());
    }

    /** Returns 64 MB of spaces, compressed. */
    private static byte[] bomb() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 64; i++) {
                gzip.write(spaces);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"a\", \"name\": \"b\"}", "{\"name\": \"a\", \"\\u006eame\": \"b\"}"})
    void rejectsDuplicateMembers(String body) {
        assertEquals(400, ada.post(COLLECTIONS, body).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "1e2147483647",
                "123456789012345678901234567890",
                "0.001",
                "-0.01",
                "1000000.01"
            })
    void rejectsInvalidNumbersWithAShortMessage(String number) {
        Response refused = ada.post("/api/v1/listings", "{\"title\": \"a\", \"price_usd\": " + number + "}");
        assertEquals(422, refused.status(), refused.text());
        assertTrue(refused.text().length() < 1000, refused.text());
        assertEquals("/price_usd", refused.json().at("/errors/0/pointer").asText());
    }
}
