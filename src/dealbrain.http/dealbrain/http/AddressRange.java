package dealbrain.http;

import java.net.InetAddress;
import java.util.List;

/**
 * A range of IP addresses (RFC 4632, section 3.1; RFC 4291, section 2.3).
 *
 * @param bits how many of the first bits of an address must agree
 */
public record AddressRange(InetAddress network, int bits) {
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
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException _) {
            throw rule(text);
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
