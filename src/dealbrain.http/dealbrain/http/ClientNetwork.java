package dealbrain.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** The network of a client, for which limits count. */
final class ClientNetwork {
    private static final int IPV6_PREFIX_BYTES = 8;

    private ClientNetwork() {}

    /**
     * Returns an IPv4 address unchanged, and the first 64 bits of an IPv6 address, because a client usually has such a
     * network.
     */
    static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(address.getAddress(), IPV6_PREFIX_BYTES)) + "/64"
                : address.getHostAddress();
    }
}
