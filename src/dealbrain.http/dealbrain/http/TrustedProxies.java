package dealbrain.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxies in front of us whose {@code X-Forwarded-For} is believed. Of its addresses the last one counts that is not a
 * trusted proxy's itself: those before it are the word of somebody unknown. Immutable.
 */
public final class TrustedProxies {
    /** Nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /** Digits and colons only, so that nothing here is ever looked up as a name. */
    private static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    private final List<AddressRange> ranges;

    private TrustedProxies(List<AddressRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads addresses and ranges that are separated by commas.
     *
     * @throws IllegalArgumentException with the rule
     */
    public static TrustedProxies parse(String text) {
        return new TrustedProxies(Arrays.stream(text.split(",", -1)).map(String::strip).map(AddressRange::parse).toList());
    }

    private static @Nullable InetAddress address(String text) {
        try {
            return text.matches(ADDRESS) ? InetAddress.ofLiteral(text) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private boolean trusts(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * Who asks, on whose behalf proxies that are trusted do.
     *
     * @param forwarded the lines of {@code X-Forwarded-For}, each proxy's addition at the end
     */
    InetAddress client(InetAddress peer, List<String> forwarded) {
        if (!trusts(peer)) {
            return peer;
        }
        InetAddress client = peer;
        for (String each : Arrays.asList(String.join(",", forwarded).split(",", -1)).reversed()) {
            InetAddress said = address(each.strip());
            if (said == null) {
                return client;
            }
            client = said;
            if (!trusts(said)) {
                return client;
            }
        }
        return client;
    }
}
