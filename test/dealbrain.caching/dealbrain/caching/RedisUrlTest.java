package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            redis://cache; [cache:6379]
            REDIS://cache:7000/; [cache:7000]
            redis://:secret@cache:7000/3; [cache:7000]
            rediss://ada:sec%40ret@cache.example:7000?verifyPeer=NONE; [cache.example:7000]
            redis://my_cache:7000; [my_cache:7000]
            redis://[::1]:7000; [[::1]:7000]
            redis-sentinel://:secret@a:1,b:2/2#deals; [sentinels of deals]
            redis-sentinel://a,b?sentinelMasterId=deals; [sentinels of deals]
            redis-cluster://ada:secret@a:1,b:2; [a:1, b:2]
            redis-cluster://a:1,b:2/; [a:1, b:2]
            """)
    void showsTheAddressOnly(String text, String address) {
        assertEquals(address, RedisUrl.parse(" " + text + "\n").toString());
    }

    @Test
    void usesTheParametersForEachNodeOfACluster() {
        RedisUrl url = RedisUrl.parse("rediss-cluster://:secret@a:1,b:2?verifyPeer=CA");
        for (RedisURI uri : url.uris()) {
            assertEquals(SslVerifyMode.CA, uri.getVerifyMode());
            assertTrue(uri.isSsl());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', textBlock = """
            "redis://:secret@cache"; without the quotes around it
            'redis://:secret@cache'; without the quotes around it
            redis-socket:///run/redis.sock; Unix sockets are not supported
            redis+socket:///run/redis.sock; Unix sockets are not supported
            unix:///run/redis.sock; Unix sockets are not supported
            rediss+srv://:secret@cache; but it starts with rediss+srv://
            valkey://:secret@cache; but it starts with valkey://
            http://:secret@cache; but it starts with http://
            cache:6379; must be a URL such as
            redis://; but a host or port is invalid
            redis://:secret@; but a host or port is invalid
            redis://:secret@cache:port; but a host or port is invalid
            redis://:secret@cache:70000; with a valid port
            redis://:secret@a:1,b:2; several hosts need redis-sentinel:// or redis-cluster://
            redis://:secret@cache/zero; percent-encoded
            redis://:sec/ret@cache; percent-encoded
            redis://:sec#ret@cache; percent-encoded
            redis://:sec?ret@cache; percent-encoded
            redis://cache#secret; percent-encoded
            redis-cluster://a:1,b:2/3; without a database
            redis-sentinel://:secret@a:1,b:2; the name of the master
            rediss://:secret@cache?verifyPer=NONE; has the parameter verifyPer, which is not supported
            rediss://:secret@cache?verifyPeer=maybe; valid parameters
            rediss://:secret@cache?ssl_cert_reqs=none; use verifyPeer=NONE
            redis://:secret@cache?ssl=true; use rediss://
            redis://cache?password=secret; write user and password before the host
            redis://cache?timeout=5s; dealbrain has timeouts of its own
            """)
    void saysWhatIsWrongAndHidesThePassword(String text, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> RedisUrl.parse(text))
                .getMessage();
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("sec"), message);
    }
}
