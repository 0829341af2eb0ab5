package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecognitionApiTest {
    private static final String PATH = "/api/v1/listings/parse";
    private static final int MAX_BYTES = 256 * 1024;

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final Path TITLES =
            Path.of("test", "dealbrain.recognition", "dealbrain", "recognition", "titles.txt");

    private final Api anonymous = application.api();
    private Api ada;

    private static List<String> titles() throws IOException {
        return Files.readAllLines(TITLES).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(" | ")))
                .toList();
    }

    @BeforeEach
    void signUp() {
        ada = anonymous.signUp("ada-" + UUID.randomUUID().toString().substring(0, 8));
    }

    private Response parse(String member, String value) {
        return ada.post(PATH, "{\"" + member + "\": " + Json.text(value) + "}");
    }

    @Test
    void draftsWhatListingsAccept() throws IOException {
        List<String> rejected = new ArrayList<>();
        for (String title : titles()) {
            Response parsed = parse("title", title);
            assertEquals(200, parsed.status(), parsed.text());
            JsonNode draft = parsed.json().path("draft");
            assertEquals(title, draft.path("title").asText());
            Response created = ada.post("/api/v1/listings", draft.toString());
            if (created.status() != 201) {
                rejected.add(title + ": " + created.text());
            }
        }
        assertEquals(List.of(), rejected);
    }

    @Test
    void needsOneMemberThatIsNotBlank() {
        assertEquals(422, ada.post(PATH, "{}").status());
        assertEquals(422, ada.post(PATH, "{\"title\": \" \", \"html\": \"\"}").status());
        assertEquals(401, anonymous.post(PATH, "{\"title\": \"PC\"}").status());
    }

    @Test
    void takesJsonLdAsTextObjectOrArray() {
        String product = "{\"@type\": \"Product\", \"name\": \"Dell OptiPlex 7060\","
                + " \"offers\": {\"price\": 189.99, \"priceCurrency\": \"USD\"}}";
        JsonNode ofText = parse("json_ld", product).json();

        assertEquals("Dell OptiPlex 7060", ofText.at("/draft/title").asText());
        assertEquals("189.99", ofText.at("/draft/price_usd").asText());
        assertEquals(ofText, ada.post(PATH, "{\"json_ld\": " + product + "}").json());
        assertEquals(
                ofText, ada.post(PATH, "{\"json_ld\": [true, " + product + "]}").json());
    }

    @Test
    void rejectsJsonLdThatIsNoDocument() {
        Response rejected = ada.post(PATH, "{\"json_ld\": 5}");
        assertEquals(422, rejected.status());
        assertEquals("/json_ld", rejected.json().at("/errors/0/pointer").asText());
        assertEquals(422, ada.post(PATH, "{\"json_ld\": null}").status());
    }

    @Test
    void acceptsBodiesUpTo256KiB() {
        String frame = "{\"text\": \"\"}";
        String longest = "{\"text\": \"" + "x".repeat(MAX_BYTES - frame.length()) + "\"}";

        assertEquals(200, ada.post(PATH, longest).status());
        assertEquals(413, ada.post(PATH, longest + " ").status());
    }

    @Test
    void setsTheIdOfAProcessorInTheCatalog() {
        String name = "Intel Core i5-8500T";
        long id = ada.post("/api/v1/catalog/cpus", "{\"name\": \"" + name + "\"}")
                .json()
                .path("id")
                .asLong();

        JsonNode found = parse("title", "Dell OptiPlex 7060 i5 8500t 16/256").json();
        JsonNode missing = parse("title", "Dell OptiPlex 7060 i7-8700T").json();
        JsonNode several =
                parse("title", "Dell OptiPlex 7060 i5-8500T or i7-8700T").json();

        assertEquals(id, found.path("draft").path("cpu_id").asLong());
        assertEquals("cpu", missing.at("/unrecognised/0/field").asText(), missing.toString());
        assertTrue(missing.at("/draft/cpu_id").isNull());
        assertEquals(id, several.at("/candidates/0/id").asLong());
        assertTrue(several.at("/candidates/1/id").isNull());
        assertTrue(several.at("/draft/cpu_id").isNull());
    }

    /** Each address in the page is that of this server, to which nothing must connect. */
    @Test
    void opensNoConnection() throws IOException {
        try (ServerSocket trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ProxyTrap proxies = new ProxyTrap(trap.getLocalPort())) {
            String url = "http://127.0.0.1:" + trap.getLocalPort() + "/";
            String page = """
                    <?xml version="1.0"?><!DOCTYPE html SYSTEM "URL/a.dtd" [<!ENTITY x SYSTEM "URL/x">]>
                    <html manifest="URL/m"><head><base href="URL/"><link rel="stylesheet" href="URL/s.css">
                    <link rel="canonical" href="URL/offer"><script src="URL/a.js"></script>
                    <meta http-equiv="refresh" content="0; url=URL/r"><meta property="og:image" content="URL/o.jpg">
                    <script type="application/ld+json">{"@context": "URL/context.json", "@type": "Product", "@id": "URL/id",
                    "name": "PC &x;", "image": "URL/i.jpg", "url": "URL/p"}</script></head>
                    <body background="URL/b.png"><img src="URL/i.png" srcset="URL/j.png 2x"><iframe src="URL/f"></iframe>
                    <object data="URL/d"></object><xi:include href="URL/n"/>&x;</body></html>""".replace("URL/", url);

            Response parsed = ada.post(
                    PATH,
                    "{\"url\": " + Json.text(url + "offer") + ", \"html\": " + Json.text(page) + ", \"text\": "
                            + Json.text(url) + ", \"json_ld\": " + Json.text("{\"@context\": \"" + url + "\"}") + "}");

            assertEquals(200, parsed.status(), parsed.text());
            assertEquals(url + "i.jpg", parsed.json().at("/draft/thumbnail_url").asText());
            assertEquals(List.of(), proxies.asked);
            trap.setSoTimeout(200);
            assertTrue(isUntouched(trap));
        }
    }

    private static boolean isUntouched(ServerSocket trap) {
        try {
            trap.accept().close();
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes each address with a port that something asks a proxy for, which every client of the JDK does. */
    private static final class ProxyTrap extends ProxySelector implements AutoCloseable {
        private final ProxySelector before = ProxySelector.getDefault();
        private final int port;
        final List<URI> asked = new ArrayList<>();

        ProxyTrap(int port) {
            this.port = port;
            setDefault(this);
        }

        @Override
        public List<Proxy> select(URI uri) {
            if (uri.getPort() == port) {
                asked.add(uri);
            }
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {
            asked.add(uri);
        }

        @Override
        public void close() {
            setDefault(before);
        }
    }
}
