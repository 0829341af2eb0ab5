package dealbrain.http;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses (RFC 4632, section 3.1; RFC 4291, section 2.3).
 *
 * @param bits the length of the prefix
 */
public record AddressRange(InetAddress network, int bits) {
    private static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    /** The loopback addresses of IPv4 and IPv6. */
    public static final List<AddressRange> LOOPBACK = List.of(parse("127.0.0.0/8"), parse("::1"));

    /**
     * Parses an address, or an address with the length of a prefix, such as {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException for other texts, including host names
     */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", -1);
        InetAddress network = parseAddress(parts[0]);
        if (network == null || parts.length > 2) {
            throw invalid(text);
        }
        int maxBits = network.getAddress().length * 8;
        int bits = parts.length == 1 ? maxBits : parsePrefixLength(parts[1]);
        if (bits < 0 || bits > maxBits) {
            throw invalid(text);
        }
        return new AddressRange(network, bits);
    }

    /** Parses the literal form of an address. Returns null for other texts; names are never resolved. */
    static @Nullable InetAddress parseAddress(String text) {
        try {
            return text.matches(ADDRESS) ? InetAddress.ofLiteral(text) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static int parsePrefixLength(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "must be addresses or ranges separated by commas, such as 10.0.0.0/8,::1, was " + text);
    }

    public boolean contains(InetAddress address) {
        byte[] ownBytes = network.getAddress();
        byte[] otherBytes = address.getAddress();
        if (ownBytes.length != otherBytes.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> i % 8;
            if ((ownBytes[i / 8] & mask) != (otherBytes[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
