package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = TrustedProxies.parse("10.0.0.0/9, 192.0.2.7,fd00::/8");

    private static String client(TrustedProxies proxies, String peer, String... forwarded) {
        return proxies.client(InetAddress.ofLiteral(peer), String.join(", ", forwarded))
                .getHostAddress();
    }

    @Test
    void trustsNoProxyByDefault() {
        assertEquals("127.0.0.1", client(TrustedProxies.NONE, "127.0.0.1", "203.0.113.5"));
    }

    @Test
    void trustsOnlyTheConfiguredProxies() {
        assertEquals("203.0.113.5", client(PROXIES, "10.127.255.255", "203.0.113.5"));
        assertEquals("203.0.113.5", client(PROXIES, "192.0.2.7", "203.0.113.5"));
        assertEquals("203.0.113.5", client(PROXIES, "fd12::1", "203.0.113.5"));
        assertEquals("10.128.0.0", client(PROXIES, "10.128.0.0", "203.0.113.5"));
        assertEquals("192.0.2.8", client(PROXIES, "192.0.2.8", "203.0.113.5"));
        assertEquals("127.0.0.1", client(PROXIES, "127.0.0.1", "203.0.113.5"));
    }

    @Test
    void returnsTheLastAddressThatIsNotAProxy() {
        assertEquals("203.0.113.5", client(PROXIES, "10.0.0.1", "198.51.100.1, 203.0.113.5, 10.0.0.2"));
        assertEquals("203.0.113.5", client(PROXIES, "10.0.0.1", "198.51.100.1", "203.0.113.5", "10.0.0.2"));
        assertEquals("10.0.0.3", client(PROXIES, "10.0.0.1", "10.0.0.3,10.0.0.2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "localhost", "203.0.113.5:80", "1.2.3", "198.51.100.1, x", "999.1.1.1", ",", "::x"
            })
    void stopsAtAnInvalidAddress(String forwarded) {
        assertEquals("10.0.0.1", client(PROXIES, "10.0.0.1", forwarded));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "fd00::/129",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8,,",
                "*",
                "10.0.0"
            })
    void rejectsInvalidRanges(String text) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> TrustedProxies.parse(text));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("must be addresses or ranges"), thrown.getMessage());
    }
}
