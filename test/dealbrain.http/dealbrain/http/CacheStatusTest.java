package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheStatusTest {
    @Test
    void hitNamesTheLayer() {
        assertEquals(
                Map.of("X-Cache", "HIT", "Cache-Status", "dealbrain; hit; detail=memory"),
                CacheStatus.headers(true, "memory"));
        assertEquals(
                "dealbrain; hit; detail=redis",
                CacheStatus.headers(true, "redis").get("Cache-Status"));
    }

    @Test
    void missIsStored() {
        assertEquals(
                Map.of("X-Cache", "MISS", "Cache-Status", "dealbrain; fwd=miss; stored"),
                CacheStatus.headers(false, "none"));
    }

    @Test
    void headersAreMadeOnce() {
        assertSame(CacheStatus.headers(true, "memory"), CacheStatus.headers(true, "memory"));
    }
}
