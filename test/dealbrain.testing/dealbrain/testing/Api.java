package dealbrain.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client of the API: with the token of a user, or without one. */
public record Api(HttpClient client, String url, @Nullable String token) {
    /** The password of the users that {@link #signUp} creates. */
    public static final String PASSWORD = "correct horse battery";

    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0";

    private static final Pattern CSV = Pattern.compile("\\w+([,;]\\w+)*\n");

    /** A response with its body. */
    public record Response(int status, HttpResponse<byte[]> http, String text) {
        public JsonNode json() {
            return Json.parse(http.body());
        }

        public Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }
    }

    public static Api at(int port) {
        return new Api(HttpClient.newHttpClient(), "http://127.0.0.1:" + port, null);
    }

    public Api as(String other) {
        return new Api(client, url, other);
    }

    public Response get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Response post(String path, String json) {
        return send("POST", path, json);
    }

    public Response put(String path, String json) {
        return send("PUT", path, json);
    }

    public Response patch(String path, String json, String... headers) {
        return send("PATCH", path, json, headers);
    }

    public Response delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends a body of JSON, or of CSV, which starts with a line of column names. */
    public Response send(String method, String path, @Nullable String text, String... headers) {
        byte[] body = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of(headers));
        if (text != null) {
            all.addAll(List.of("Content-Type", CSV.matcher(text).lookingAt() ? "text/csv" : "application/json"));
        }
        return sendBytes(method, path, body, all.toArray(String[]::new));
    }

    /** Sends a body of any bytes with these headers, and with the token. */
    public Response sendBytes(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        request.header("User-Agent", BROWSER); // views are those of people
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> http = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Response(http.statusCode(), http, new String(http.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates a user and returns a client with a token of theirs. */
    public Api signUp(String username) {
        post("/api/v1/users", "{\"username\": \"" + username + "\", \"password\": \"" + PASSWORD + "\"}");
        return signIn(username, PASSWORD, "write");
    }

    /**
     * Creates a public link to a listing, and returns the path of its HTML page. With {@code /api/v1} before it, it
     * is that of the JSON.
     */
    public String share(String listing) {
        JsonNode share = post(listing + "/shares", "{}").json();
        return "/deals/" + share.path("listing_id").asLong() + "/"
                + share.path("share_token").asText();
    }

    public Api signIn(String username, String password, String scope) {
        Response response = post(
                "/api/v1/tokens",
                "{\"username\": \"" + username + "\", \"password\": \"" + password + "\", \"scope\": \"" + scope
                        + "\"}");
        return as(response.json().path("token").asText());
    }
}
