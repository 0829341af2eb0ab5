package dealbrain.shares;

import dealbrain.caching.CacheResult;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Creates spans for opening links, as children of the request's span. If that one is not recorded, no spans are
 * created.
 */
final class ShareSpans {
    /** The number of characters of a token in a span; the whole token would grant access. */
    private static final int TOKEN_PREFIX = 8;

    private final Tracer tracer;

    ShareSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Runs {@code opening} within a span, to which it may add attributes. */
    <R> R open(String kind, String token, Function<Span, R> opening) {
        if (!Span.current().isRecording()) {
            return opening.apply(Span.getInvalid());
        }
        Span span = tracer.spanBuilder("open " + kind)
                .setAttribute("share_token", token.substring(0, Math.min(TOKEN_PREFIX, token.length())))
                .startSpan();
        try (Scope _ = span.makeCurrent()) {
            return opening.apply(span);
        } finally {
            span.end();
        }
    }

    /** Runs a read of the cache within a span that records the result. */
    <T> Optional<CacheResult<T>> get(Supplier<Optional<CacheResult<T>>> read) {
        if (!Span.current().isRecording()) {
            return read.get();
        }
        Span span = tracer.spanBuilder("get from cache").startSpan();
        try (Scope _ = span.makeCurrent()) {
            Optional<CacheResult<T>> result = read.get();
            span.setAttribute("cached", result.isPresent());
            span.setAttribute(
                    "cache_hit", result.isPresent() && result.get().layer().isHit());
            return result;
        } finally {
            span.end();
        }
    }
}
