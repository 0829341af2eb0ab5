package dealbrain.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The headers of a response whose body comes through a cache: {@code Cache-Status} (RFC 9211) and the customary
 * {@code X-Cache}. Thread-safe.
 */
public final class CacheStatus {
    private static final Map<String, String> MISS =
            Map.of("X-Cache", "MISS", "Cache-Status", "dealbrain; fwd=miss; stored");
    private static final ConcurrentMap<String, Map<String, String>> HITS = new ConcurrentHashMap<>();

    private CacheStatus() {}

    /**
     * Returns the two headers, the same immutable map for the same arguments.
     *
     * @param hit   whether the body was cached
     * @param layer where it was cached, one of a few names such as {@code memory}; ignored for a miss
     */
    public static Map<String, String> headers(boolean hit, String layer) {
        return hit ? HITS.computeIfAbsent(layer, CacheStatus::hit) : MISS;
    }

    private static Map<String, String> hit(String layer) {
        return Map.of("X-Cache", "HIT", "Cache-Status", "dealbrain; hit; detail=" + layer);
    }
}
