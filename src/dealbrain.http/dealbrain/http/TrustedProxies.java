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
        return new TrustedProxies(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(AddressRange::parse)
                .toList());
    }

    private boolean trusts(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * Who asks, on whose behalf proxies that are trusted do.
     *
     * @param forwarded the header {@code X-Forwarded-For}, each proxy's addition at the end
     */
    InetAddress client(InetAddress peer, @Nullable String forwarded) {
        if (forwarded == null || !trusts(peer)) {
            return peer;
        }
        InetAddress client = peer;
        for (String each : Arrays.asList(forwarded.split(",", -1)).reversed()) {
            InetAddress said = AddressRange.address(each.strip());
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
