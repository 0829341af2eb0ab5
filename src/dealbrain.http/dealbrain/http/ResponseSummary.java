package dealbrain.http;

import java.util.Map;
import java.util.Optional;

/**
 * How a request was answered.
 *
 * @param status  as it went out, so 304 where the client had it already
 * @param headers those that our own code set
 */
public record ResponseSummary(int status, Map<String, String> headers) {
    public ResponseSummary {
        headers = Map.copyOf(headers);
    }

    /** A header as our own code wrote its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
