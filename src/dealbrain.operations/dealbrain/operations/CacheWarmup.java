package dealbrain.operations;

import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the most viewed shared pages into the cache, on a separate thread. */
final class CacheWarmup {
    private static final Logger LOG = LoggerFactory.getLogger(CacheWarmup.class);

    private final IntUnaryOperator loader;

    /** @param loader loads up to the given number of pages; returns the number of pages that are cached now */
    CacheWarmup(IntUnaryOperator loader) {
        this.loader = loader;
    }

    /** Starts loading up to {@code pages} pages, and returns at once. */
    void start(int pages) {
        Thread.ofVirtual().name("cache-warm-up").start(() -> load(pages));
    }

    private void load(int pages) {
        try {
            LOG.atInfo().addKeyValue("shares", loader.applyAsInt(pages)).log("cache warmed");
        } catch (RuntimeException e) { // without the warm-up, the first reader of each page loads it
            LOG.atWarn().setCause(e).log("cache warm-up failed");
        }
    }
}
