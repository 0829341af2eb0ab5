package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestRedisTest {
    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestRedis another = new TestRedis();

    @RegisterExtension
    static final TestRedis dedicated = TestRedis.dedicated();

    private static final String NAMESPACE = "\\{test-\\d+}:";

    @Test
    void classesShareAServerWithSeparateNamespaces() {
        redis.command("SET", redis.namespace() + "key", "value");
        assertEquals(redis.url(), another.url());
        assertEquals("value", another.command("GET", redis.namespace() + "key"));
        assertEquals("(nil)", another.command("GET", another.namespace() + "key"));
        assertTrue(redis.namespace().matches(NAMESPACE), redis.namespace());
    }

    @Test
    void doesNotExposeTheSharedServer() {
        assertThrows(IllegalStateException.class, redis::server);
    }

    @Test
    void dedicatedServerIsSeparate() {
        assertNotEquals(redis.url(), dedicated.url());
        dedicated.server().kill();
        dedicated.server().restart();
        assertEquals("PONG", dedicated.command("PING"));
        assertEquals("PONG", redis.command("PING"));
    }

    @Nested
    class NestedClass {
        private static final String OUTER = redis.namespace();
        private static final RedisServer OUTER_SERVER = dedicated.server();

        @Test
        void usesTheNamespaceOfTheEnclosingClass() {
            assertEquals(OUTER, redis.namespace());
            assertSame(OUTER_SERVER, dedicated.server());
        }
    }
}
