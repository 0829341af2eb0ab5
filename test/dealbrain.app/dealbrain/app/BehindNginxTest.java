package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.ServerProcess;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two instances with one database and one Redis, behind nginx, which balances requests round-robin. */
@Tag("faults")
@Timeout(600)
class BehindNginxTest {
    private static final String PUBLIC_URL = "https://deals.example.org";
    private static final Map<String, String> VARIABLES =
            Map.of("DEALBRAIN_PUBLIC_URL", PUBLIC_URL, "DEALBRAIN_TRUSTED_PROXIES", "127.0.0.0/8");

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @Order(3)
    @RegisterExtension
    static final RunningApplication first = new RunningApplication(database, redis, VARIABLES);

    @Order(4)
    @RegisterExtension
    static final RunningApplication second = new RunningApplication(database, redis, VARIABLES);

    /** Has no trusted proxies. */
    @Order(5)
    @RegisterExtension
    static final RunningApplication untrusting = new RunningApplication(database, redis, Map.of());

    @TempDir
    static Path folder;

    private static ServerProcess nginx;
    private static Api site;

    @BeforeAll
    static void startNginx() throws IOException {
        int port = ServerProcess.freePort();
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), """
                daemon off;
                worker_processes 1;
                error_log stderr;
                pid %1$s/nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                    upstream dealbrain { server %2$s; server %3$s; keepalive 16; }
                    server {
                        listen 127.0.0.1:%4$d;
                        client_max_body_size 8m;
                        location / {
                            proxy_pass http://dealbrain;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_set_header Host $host;
                            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                            proxy_set_header X-Forwarded-Proto $scheme;
                        }
                    }
                }
                """.formatted(folder, address(first), address(second), port));
        nginx = ServerProcess.start(
                port,
                folder.resolve("nginx.log"),
                List.of("nginx", "-c", configuration.toString(), "-p", folder.toString()));
        site = Api.at(port);
    }

    @AfterAll
    static void stopNginx() {
        nginx.close();
    }

    private static String address(RunningApplication application) {
        return URI.create(application.api().url()).getAuthority();
    }

    private static int signInWrongly(Api api, String username, String from) {
        return api.send(
                        "POST",
                        "/api/v1/tokens",
                        "{\"username\": \"" + username + "\", \"password\": \"wrong password\"}",
                        "X-Forwarded-For",
                        from)
                .status();
    }

    @Test
    void countsFailedSignInsOfAnAddressOnBothInstances() {
        site.signUp("grace");
        for (int i = 0; i < 5; i++) {
            assertEquals(401, signInWrongly(site, "grace", "203.0.113.1"));
        }
        for (Api server : List.of(site, first.api(), second.api())) {
            assertEquals(429, signInWrongly(server, "grace", "203.0.113.1"));
        }
        assertEquals(401, signInWrongly(site, "grace", "203.0.113.2"), "another address");
        assertEquals(
                429,
                signInWrongly(site, "grace", "203.0.113.77, 203.0.113.1"),
                "a forged address precedes the real one");
    }

    @Test
    void ignoresForwardedAddressesFromUntrustedClients() {
        site.signUp("linus");
        for (int i = 0; i < 5; i++) {
            assertEquals(401, signInWrongly(untrusting.api(), "linus", "198.51.100." + i));
        }
        assertEquals(429, signInWrongly(untrusting.api(), "linus", "198.51.100.200"));
    }

    @Test
    void rejectsARevokedTokenOnBothInstances() {
        Api ada = site.signUp("ada");
        Api other = ada.signIn("ada", "correct horse battery", "write");
        for (RunningApplication server : List.of(first, second)) {
            assertEquals(
                    200,
                    server.api()
                            .as(String.valueOf(other.token()))
                            .get("/api/v1/users/me")
                            .status());
        }
        long newest = ada.get("/api/v1/tokens").json().path(0).path("id").asLong();
        assertEquals(204, ada.delete("/api/v1/tokens/" + newest).status());
        for (RunningApplication server : List.of(first, second)) {
            assertEquals(
                    401,
                    server.api()
                            .as(String.valueOf(other.token()))
                            .get("/api/v1/users/me")
                            .status());
        }
    }

    @Test
    void limitsSharesWithUsersAcrossInstances() {
        Api sender = site.signUp("sender");
        site.signUp("recipient");
        String listing = sender.post("/api/v1/listings", "{\"title\": \"Tiny\"}")
                .header("Location")
                .orElseThrow();
        String share = "{\"listing_id\": " + listing.substring(listing.lastIndexOf('/') + 1)
                + ", \"recipient_username\": \"recipient\"}";
        int created = 0;
        for (int i = 0; i < 12; i++) {
            Api server = i % 2 == 0 ? first.api() : second.api();
            Response response = server.as(String.valueOf(sender.token())).post("/api/v1/user-shares", share);
            created += response.status() == 201 ? 1 : 0;
            assertEquals(i < 10 ? 201 : 429, response.status(), response.text());
        }
        assertEquals(10, created);
    }

    /** No response contains a forged host, whether from {@code Host} or from a proxy header. */
    @Test
    void buildsLinksFromThePublicUrlOnly() throws IOException {
        Api ada = site.signUp("alan");
        String listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny\"}")
                .header("Location")
                .orElseThrow();
        String path = ada.share(listing);
        assertEquals(
                PUBLIC_URL + path,
                ada.get(listing + "/shares").json().path(0).path("share_url").asText());
        for (String target : List.of(path, "/api/v1" + path, "/openapi.json", "/nothing-here")) {
            for (String authority : List.of(URI.create(site.url()).getAuthority(), address(first))) {
                String response = withForgedHost(authority, target);
                assertTrue(response.startsWith("HTTP/1.1 200") || response.startsWith("HTTP/1.1 404"), response);
                assertFalse(response.contains("evil.example"), response);
            }
        }
        assertTrue(withForgedHost(address(second), path).contains(PUBLIC_URL + path));
    }

    private static String withForgedHost(String authority, String path) throws IOException {
        URI at = URI.create("http://" + authority);
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
                                    + "X-Forwarded-Proto: evil.example\r\nForwarded: host=evil.example\r\n"
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
