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

    private static final String RULE = "must be addresses or networks by comma, as in 10.0.0.0/8,192.0.2.7,fd00::/8, was ";
    /** Digits and colons only, so that nothing here is ever looked up as a name. */
    private static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    private record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            byte[] a = address.getAddress();
            byte[] b = other.getAddress();
            int whole = bits / 8;
            return a.length == b.length && Arrays.equals(a, 0, whole, b, 0, whole)
                    && (bits % 8 == 0 || (a[whole] ^ b[whole]) >> (8 - bits % 8) == 0);
        }
    }

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Reads addresses and networks (CIDR, RFC 4632) that are separated by commas.
     *
     * @throws IllegalArgumentException with the rule
     */
    public static TrustedProxies parse(String text) {
        return new TrustedProxies(Arrays.stream(text.split(",", -1)).map(String::strip).map(TrustedProxies::network).toList());
    }

    private static Network network(String text) {
        String[] parts = text.split("/", 2);
        InetAddress address = address(parts[0]);
        if (address == null || (parts.length == 2 && !parts[1].matches("[0-9]{1,3}"))) {
            throw new IllegalArgumentException(RULE + text);
        }
        int longest = address.getAddress().length * 8;
        int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : longest;
        if (bits > longest) {
            throw new IllegalArgumentException(RULE + text);
        }
        return new Network(address, bits);
    }

    private static @Nullable InetAddress address(String text) {
        try {
            return text.matches(ADDRESS) ? InetAddress.ofLiteral(text) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private boolean trusts(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
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
        for (String each : Arrays.asList(String.join(",", forwarded).split(",")).reversed()) {
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
