package dealbrain.http;

import java.util.Map;
import java.util.Optional;

/**
 * The status and headers of a response that was sent.
 *
 * @param status  the status that was sent: 304 if the client had the current representation
 * @param headers the headers that handlers and filters set, without those that the server adds
 */
public record ResponseSummary(int status, Map<String, String> headers) {
    public ResponseSummary {
        headers = Map.copyOf(headers);
    }

    /** Returns a header. {@code name} is compared with regard to case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
