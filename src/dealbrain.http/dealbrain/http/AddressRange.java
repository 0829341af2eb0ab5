package dealbrain.http;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses (RFC 4632, section 3.1; RFC 4291, section 2.3).
 *
 * @param bits how many of the first bits of an address must agree
 */
public record AddressRange(InetAddress network, int bits) {
    private static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    /** This machine. */
    public static final List<AddressRange> LOOPBACK = List.of(parse("127.0.0.0/8"), parse("::1"));

    /**
     * Reads an address, or one with the length of its prefix, as in {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException for anything else, names too
     */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", -1);
        InetAddress network = network(parts[0], text);
        int most = network.getAddress().length * 8;
        int bits = parts.length == 1 ? most : parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        if (parts.length > 2 || bits < 0 || bits > most) {
            throw rule(text);
        }
        return new AddressRange(network, bits);
    }

    private static InetAddress network(String address, String text) {
        InetAddress network = address(address);
        if (network == null) {
            throw rule(text);
        }
        return network;
    }

    /** An address in full, four numbers or with colons; null for anything else: nothing is looked up as a name. */
    static @Nullable InetAddress address(String text) {
        try {
            return text.matches(ADDRESS) ? InetAddress.ofLiteral(text) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static IllegalArgumentException rule(String found) {
        return new IllegalArgumentException("must be addresses or ranges by comma, as in 10.0.0.0/8,::1, was " + found);
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> i % 8;
            if ((mine[i / 8] & mask) != (theirs[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
