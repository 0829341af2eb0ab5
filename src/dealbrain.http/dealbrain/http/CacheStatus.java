package dealbrain.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The headers of a response whose body comes through a cache: {@code Cache-Status} (RFC 9211) and the customary
 * {@code X-Cache}. Thread-safe.
 */
public final class CacheStatus {
    private final String cache;
    private final Map<String, String> miss;
    private final ConcurrentMap<String, Map<String, String>> hits = new ConcurrentHashMap<>();

    /** Creates the headers of the cache with this name. */
    public CacheStatus(String cache) {
        this.cache = cache;
        this.miss = Map.of("X-Cache", "MISS", "Cache-Status", cache + "; fwd=miss; stored");
    }

    /**
     * Returns the two headers, the same immutable map for the same arguments.
     *
     * @param hit   whether the body was cached
     * @param layer where it was cached, one of a few names such as {@code memory}; ignored for a miss
     */
    public Map<String, String> headers(boolean hit, String layer) {
        return hit ? hits.computeIfAbsent(layer, this::hit) : miss;
    }

    private Map<String, String> hit(String layer) {
        return Map.of("X-Cache", "HIT", "Cache-Status", cache + "; hit; detail=" + layer);
    }
}
