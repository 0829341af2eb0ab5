package dealbrain.shares;

import dealbrain.caching.Cached;
import dealbrain.http.CachedBody;
import dealbrain.http.Response;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Answers with what links lead to. Their headers, which say where it was found, are made once. */
final class Answers {
    private static final Map<String, String> SHARED =
            Map.of("Cache-Control", "private, no-cache", "Referrer-Policy", "no-referrer", "X-Robots-Tag", "noindex");
    private static final Map<Cached.Layer, Map<String, String>> JSON = headers(Map.of());
    private static final Map<Cached.Layer, Map<String, String>> HTML =
            headers(Map.of("Content-Security-Policy", HtmlPages.POLICY));

    private Answers() {}

    static Response json(Cached<SharedPage> found, CachedBody body) {
        return new Response(200, Objects.requireNonNull(JSON.get(found.layer())), new Response.Body.Cached(body));
    }

    static Response html(Cached<SharedPage> found, CachedBody body) {
        return new Response(200, Objects.requireNonNull(HTML.get(found.layer())), new Response.Body.Cached(body));
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
