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

/** Asks a program as the user of the data set and reads what it answers. Safe for use by many threads. */
final class Client implements AutoCloseable {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    /** An answer. */
    record Answer(int status, JsonNode json, HttpResponse<byte[]> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Where the next page is; empty for none. */
        String next() {
            Matcher link = NEXT.matcher(header("Link"));
            return link.find() ? link.group(1) : "";
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final String url;

    Client(Program program) {
        this.url = "http://127.0.0.1:" + program.port();
    }

    Answer get(String path) throws IOException {
        return ask("GET", path, "");
    }

    Answer ask(String method, String path, String json) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + DataSet.TOKEN)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), mapper.readTree(response.body()), response);
        } catch (InterruptedException e) {
            throw new IOException("told to stop", e);
        }
    }

    /** The same, where anything but this status is a fault. */
    Answer ask(String method, String path, String json, int status) throws IOException {
        Answer answer = ask(method, path, json);
        if (answer.status() != status) {
            throw new IOException(method + " " + path + " was answered by " + answer.status() + ", not " + status + ": "
                    + answer.json());
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }
}
