package dealbrain.operations;

import dealbrain.http.AddressRange;
import dealbrain.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Who may read {@code /metrics} without the token of an administrator, which is looked up in the database.
 *
 * @param from  the addresses that need no token
 * @param token a token that works for the metrics only, and also while the database is unavailable
 */
public record MetricsAccess(List<AddressRange> from, Optional<String> token) {
    public MetricsAccess {
        from = List.copyOf(from);
    }

    boolean allows(Request request) {
        return hasToken(request) || isFromTrustedAddress(request);
    }

    /** Takes the same time for every token of the same length. */
    private boolean hasToken(Request request) {
        String sent = request.header("Authorization").orElse("");
        return token.map(it -> MessageDigest.isEqual(bytes("Bearer " + it), bytes(sent)))
                .orElse(false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isFromTrustedAddress(Request request) {
        return from.stream().anyMatch(range -> range.contains(request.client())) && !request.mayBeForwarded();
    }

    /** Does not contain the token. */
    @Override
    public String toString() {
        return "MetricsAccess[from=" + from + "]";
    }
}
