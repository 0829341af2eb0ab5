package dealbrain.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reverse proxies whose header {@code X-Forwarded-For} is trusted. The client is the last address of the header
 * that is not a trusted proxy: the addresses before it may be forged. Immutable.
 */
public final class TrustedProxies {
    /** Trusts no proxy. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<AddressRange> ranges;

    private TrustedProxies(List<AddressRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Parses addresses and ranges that are separated by commas.
     *
     * @throws IllegalArgumentException with the rule and the invalid part
     */
    public static TrustedProxies parse(String text) {
        return new TrustedProxies(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(AddressRange::parse)
                .toList());
    }

    /**
     * Returns the address of the client. Every proxy appends the address of its own client to the header. So the header
     * is read backwards while the addresses are those of trusted proxies.
     *
     * @param peer      the other end of the connection
     * @param forwarded the header {@code X-Forwarded-For}
     */
    InetAddress client(InetAddress peer, @Nullable String forwarded) {
        if (forwarded == null || !trusts(peer)) {
            return peer;
        }
        InetAddress client = peer;
        for (String text : Arrays.asList(forwarded.split(",", -1)).reversed()) {
            InetAddress address = AddressRange.parseAddress(text.strip());
            if (address == null) {
                return client;
            }
            client = address;
            if (!trusts(address)) {
                return client;
            }
        }
        return client;
    }

    boolean trusts(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
