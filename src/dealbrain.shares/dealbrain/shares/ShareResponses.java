package dealbrain.shares;

import dealbrain.caching.Cached;
import dealbrain.http.FinishedBody;
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
    private static final Map<Cached.Layer, Map<String, String>> JSON = headers(Map.of());
    private static final Map<Cached.Layer, Map<String, String>> HTML =
            headers(Map.of("Content-Security-Policy", HtmlTemplates.CONTENT_SECURITY_POLICY));

    private ShareResponses() {}

    static Response json(Cached<ShareBody> found, FinishedBody body) {
        return new Response(200, Objects.requireNonNull(JSON.get(found.layer())), new Response.Body.Finished(body));
    }

    static Response html(Cached<ShareBody> found, FinishedBody body) {
        return new Response(200, Objects.requireNonNull(HTML.get(found.layer())), new Response.Body.Finished(body));
    }

    private static Map<Cached.Layer, Map<String, String>> headers(Map<String, String> more) {
        Map<Cached.Layer, Map<String, String>> headers = new EnumMap<>(Cached.Layer.class);
        for (Cached.Layer layer : Cached.Layer.values()) {
            Map<String, String> all = new HashMap<>(SHARED);
            all.putAll(more);
            all.put("X-Cache", layer.isHit() ? "HIT" : "MISS");
            all.put("Cache-Status", layer.status());
            headers.put(layer, Map.copyOf(all));
        }
        return headers;
    }
}
