package dealbrain.perf;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.database.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An instance of the application with a database of {@code stored.sql}, and one connection to it. */
final class StoredInstance implements AutoCloseable {
    /** The number of pages before the following page, which is the last one of a shorter list. */
    private static final int PAGES = 5;

    /**
     * Requests that show the same number of rows.
     *
     * @param rows the number of rows in a response
     */
    record Page(List<RawRequest> requests, int rows) {
        RawRequest request(int number) {
            return requests.get(number % requests.size());
        }
    }

    private final int listings;
    private final ApiClient client;
    private final ServerProcess server;
    private HttpConnection connection;

    private StoredInstance(int listings, ServerProcess server) throws IOException {
        this.listings = listings;
        this.server = server;
        this.client = new ApiClient(server);
        this.connection = new HttpConnection(server.address());
    }

    /** Starts an instance with a database that has {@code listings} listings. */
    static StoredInstance start(TestBed testBed, DatabaseUrl database, int listings) throws IOException {
        Map<String, String> settings = Map.of("DATABASE_URL", TestBed.text(database));
        return new StoredInstance(listings, testBed.startApplication("stored_" + listings, settings));
    }

    int listings() {
        return listings;
    }

    JsonNode openApi() throws IOException {
        return client.get("/openapi.json").json();
    }

    /** Returns the page of a request, or an empty value if the list has no following page. */
    Optional<Page> find(StoredRequest request) throws IOException {
        ApiClient.Response response = client.get(request.paths().getFirst());
        List<String> paths = request.paths();
        if (request.following()) {
            if (response.nextPage().isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < PAGES && !response.nextPage().isEmpty(); i++) {
                paths = List.of(response.nextPage());
                response = client.get(response.nextPage());
            }
        }
        JsonNode json = response.json();
        return Optional.of(
                new Page(paths.stream().map(RawRequest::authorizedGet).toList(), json.isArray() ? json.size() : 1));
    }

    /** Opens the connection again: the server closes one that is idle for long. */
    void connect() throws IOException {
        connection.close();
        connection = new HttpConnection(server.address());
    }

    /** Returns the latency in nanoseconds. */
    long send(RawRequest request) throws IOException {
        long nanos = connection.exchange(request);
        if (connection.status() != 200) {
            throw new IOException("the server returned status " + connection.status() + " for "
                    + new String(request.bytes(), StandardCharsets.UTF_8)
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
        return nanos;
    }

    @Override
    public void close() throws IOException {
        connection.close();
        client.close();
    }
}
