package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ClientNetworkTest {
    private static String network(String address) {
        return ClientNetwork.of(InetAddress.ofLiteral(address));
    }

    @Test
    void groupsIpv6AddressesByTheirFirst64Bits() {
        assertEquals("20:01:0d:b8:00:00:00:01/64", network("2001:db8:0:1::5"));
        assertEquals("20:01:0d:b8:00:00:00:01/64", network("2001:db8:0:1:ffff::"));
        assertEquals("20:01:0d:b8:00:00:00:02/64", network("2001:db8:0:2::5"));
    }

    @Test
    void isTheAddressForIpv4() {
        assertEquals("192.0.2.1", network("192.0.2.1"));
        assertEquals("192.0.2.1", network("::ffff:192.0.2.1"), "IPv4 in IPv6");
    }
}
