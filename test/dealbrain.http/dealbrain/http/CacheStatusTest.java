package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheStatusTest {
    private final CacheStatus status = new CacheStatus("shop");

    @Test
    void hitNamesTheCacheAndTheLayer() {
        assertEquals(
                Map.of("X-Cache", "HIT", "Cache-Status", "shop; hit; detail=memory"), status.headers(true, "memory"));
        assertEquals("shop; hit; detail=redis", status.headers(true, "redis").get("Cache-Status"));
    }

    @Test
    void missIsStored() {
        assertEquals(
                Map.of("X-Cache", "MISS", "Cache-Status", "shop; fwd=miss; stored"), status.headers(false, "none"));
    }

    @Test
    void headersAreMadeOnce() {
        assertSame(status.headers(true, "memory"), status.headers(true, "memory"));
    }
}
