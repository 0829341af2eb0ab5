package dealbrain.perf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of the API with the token of the data set. Thread-safe. */
final class ApiClient implements AutoCloseable {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    /** A response with its body as JSON. */
    record Response(int status, JsonNode json, HttpResponse<byte[]> http) {
        /** Returns a header, or an empty text if it is missing. */
        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        /** Returns the URL of the next page, or an empty text if there is none. */
        String nextPage() {
            Matcher link = NEXT.matcher(header("Link"));
            return link.find() ? link.group(1) : "";
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final String url;

    ApiClient(ServerProcess server) {
        this.url = server.url();
    }

    Response get(String path) throws IOException {
        return send("GET", path, "", 200);
    }

    /**
     * Sends a request.
     *
     * @param path a path, or a URL
     * @param json the body; empty for none
     */
    Response send(String method, String path, String json) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + DataSet.TOKEN)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Response(response.statusCode(), mapper.readTree(response.body()), response);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Sends a request, and throws unless the response has {@code status}. */
    Response send(String method, String path, String json, int status) throws IOException {
        Response response = send(method, path, json);
        if (response.status() != status) {
            throw new IOException(method + " " + path + " returned status " + response.status() + " instead of "
                    + status + ": " + response.json());
        }
        return response;
    }

    @Override
    public void close() {
        http.close();
    }
}
