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
    static final TestRedis own = TestRedis.ofItsOwn();

    private static final String NAMESPACE = "\\{test-\\d+}:";

    @Test
    void oneServerIsSharedByNamespaces() {
        redis.command("SET", redis.namespace() + "key", "here");
        assertEquals(redis.url(), another.url());
        assertEquals("here", another.command("GET", redis.namespace() + "key"));
        assertEquals("(nil)", another.command("GET", another.namespace() + "key"));
        assertTrue(redis.namespace().matches(NAMESPACE), redis.namespace());
    }

    @Test
    void sharedServerCannotBeHarmed() {
        assertThrows(IllegalStateException.class, redis::server);
    }

    @Test
    void oneOfItsOwnIsAnother() {
        assertNotEquals(redis.url(), own.url());
        own.server().kill();
        own.server().restart();
        assertEquals("PONG", own.command("PING"));
        assertEquals("PONG", redis.command("PING"));
    }

    @Nested
    class Within {
        private static final String OUTER = redis.namespace();
        private static final RedisServer OUTER_SERVER = own.server();

        @Test
        void isTheSameAsAround() {
            assertEquals(OUTER, redis.namespace());
            assertSame(OUTER_SERVER, own.server());
        }
    }
}
