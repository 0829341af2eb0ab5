package dealbrain.app;

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
import org.jspecify.annotations.Nullable;

/** Speaks HTTP to a running program, as one of its users or as nobody. */
record Api(HttpClient client, String url, @Nullable String token) {
    /** An answer with its body read as JSON; null for an empty one. */
    record Answer(int status, HttpResponse<byte[]> response, String text) {
        JsonNode json() {
            return Json.parse(response.body());
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    static Api at(int port) {
        return new Api(HttpClient.newHttpClient(), "http://127.0.0.1:" + port, null);
    }

    Api as(String other) {
        return new Api(client, url, other);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String json) {
        return send("POST", path, json);
    }

    Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    Answer patch(String path, String json, String... headers) {
        return send("PATCH", path, json, headers);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer send(String method, String path, @Nullable String json, String... headers) {
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of(headers));
        if (json != null) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        return sendBytes(method, path, body, all.toArray(String[]::new));
    }

    /** Sends bytes, whatever they are, with these headers and the token's. */
    Answer sendBytes(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response, new String(response.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new user of this name, and the same program as seen by them. */
    Api signUp(String username) {
        post("/api/v1/users", "{\"username\": \"" + username + "\", \"password\": \"correct horse battery\"}");
        return signIn(username, "correct horse battery", "write");
    }

    /** Makes a public link to a listing of theirs, and returns the path of its page, to which {@code /api/v1} may be put in front. */
    String share(String listing) {
        JsonNode share = post(listing + "/shares", "{}").json();
        return "/deals/" + share.path("listing_id").asLong() + "/"
                + share.path("share_token").asText();
    }

    Api signIn(String username, String password, String scope) {
        Answer answer = post(
                "/api/v1/tokens",
                "{\"username\": \"" + username + "\", \"password\": \"" + password + "\", \"scope\": \"" + scope
                        + "\"}");
        return as(answer.json().path("token").asText());
    }
}
