package dealbrain.shares;

import dealbrain.caching.CacheResult;
import dealbrain.http.CacheStatus;
import dealbrain.http.CachedBody;
import dealbrain.http.Response;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The responses with the target of a link. Their headers depend on the cache layer only, and are built once for each.
 */
final class ShareResponses {
    private static final Map<String, String> SHARED =
            Map.of("Cache-Control", "private, no-cache", "Referrer-Policy", "no-referrer", "X-Robots-Tag", "noindex");
    private static final CacheStatus CACHE_STATUS = new CacheStatus("dealbrain");
    private static final Map<CacheResult.Layer, Map<String, String>> JSON = headers(Map.of());
    private static final Map<CacheResult.Layer, Map<String, String>> HTML =
            headers(Map.of("Content-Security-Policy", HtmlTemplates.CONTENT_SECURITY_POLICY));

    private ShareResponses() {}

    static Response json(CacheResult<ShareBody> result, CachedBody body) {
        return new Response(200, Objects.requireNonNull(JSON.get(result.layer())), new Response.Body.Cached(body));
    }

    static Response html(CacheResult<ShareBody> result, CachedBody body) {
        return new Response(200, Objects.requireNonNull(HTML.get(result.layer())), new Response.Body.Cached(body));
    }

    private static Map<CacheResult.Layer, Map<String, String>> headers(Map<String, String> more) {
        Map<CacheResult.Layer, Map<String, String>> headers = new EnumMap<>(CacheResult.Layer.class);
        for (CacheResult.Layer layer : CacheResult.Layer.values()) {
            Map<String, String> all = new HashMap<>(SHARED);
            all.putAll(more);
            all.putAll(CACHE_STATUS.headers(layer.isHit(), layer.label()));
            headers.put(layer, Map.copyOf(all));
        }
        return headers;
    }
}
