package dealbrain.shares;

import dealbrain.caching.CacheResult;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Spans of the opening of links, within that of the request; where that one is not recorded there are none, and they cost nothing. */
public final class ShareSpans {
    /** So much of a token may be seen: whoever has all of it may read. */
    private static final int SHOWN = 8;

    private final Tracer tracer;

    ShareSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A span around the opening of a link, which may tell it more. */
    <R> R open(String what, String token, Function<Span, R> opening) {
        if (!Span.current().isRecording()) {
            return opening.apply(Span.getInvalid());
        }
        Span span = tracer.spanBuilder("open " + what)
                .setAttribute("share_token", token.substring(0, Math.min(SHOWN, token.length())))
                .startSpan();
        try (Scope _ = span.makeCurrent()) {
            return opening.apply(span);
        } finally {
            span.end();
        }
    }

    /** A span around a read of the cache, told what came of it. */
    <T> Optional<CacheResult<T>> get(Supplier<Optional<CacheResult<T>>> read) {
        if (!Span.current().isRecording()) {
            return read.get();
        }
        Span span = tracer.spanBuilder("get from cache").startSpan();
        try (Scope _ = span.makeCurrent()) {
            Optional<CacheResult<T>> found = read.get();
            span.setAttribute("cached", found.isPresent());
            span.setAttribute(
                    "cache_hit", found.isPresent() && found.get().layer().isHit());
            return found;
        } finally {
            span.end();
        }
    }
}
