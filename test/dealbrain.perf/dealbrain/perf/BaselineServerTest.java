package dealbrain.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BaselineServerTest {
    private static HttpConnection response(HttpServer server) throws IOException {
        try (HttpConnection connection = new HttpConnection(server.getAddress())) {
            connection.exchange(RawRequest.get("/2000/x"));
            return connection;
        } finally {
            server.stop(0);
        }
    }

    private static Set<String> lines(HttpConnection response) {
        return response.fields().stream()
                .filter(field -> !field.name().equals("Date"))
                .map(HeaderField::toString)
                .collect(Collectors.toSet());
    }

    @Test
    void sendsABodyOfTheLengthInThePath() throws IOException {
        HttpConnection response = response(BaselineServer.start(0, List.of()));

        assertEquals(200, response.status());
        assertEquals(Set.of("Content-length: 2000"), lines(response));
    }

    @Test
    void sendsTheSameHeaderFieldsAsAnotherResponse() throws IOException {
        List<HeaderField> fields = Stream.of("Etag: \"1-a\"", "Vary: Accept", "Vary: Origin")
                .map(HeaderField::parse)
                .toList();
        HttpConnection first = response(BaselineServer.start(0, fields));

        List<HeaderField> copied = BaselineServer.arguments(first.fields()).stream()
                .map(HeaderField::parse)
                .toList();

        assertEquals(fields, copied);
        assertEquals(lines(first), lines(response(BaselineServer.start(0, copied))));
    }
}
