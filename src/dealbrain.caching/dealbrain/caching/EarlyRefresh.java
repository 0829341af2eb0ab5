package dealbrain.caching;

import dealbrain.changes.ChangeView;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes an entry in the background before it expires, with a probability that grows towards expiry: a popular entry
 * is loaded by one reader early, instead of by all readers at once when it expires. The longer a load takes, the
 * earlier it starts. Instances that share an entry need not coordinate, as each read draws its own time. This is XFetch
 * with beta = 1 (A. Vattani, F. Chierichetti, K. Lowenstein: Optimal Probabilistic Cache Stampede Prevention, VLDB
 * 2015). Thread-safe.
 */
final class EarlyRefresh {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyRefresh.class);
    private static final long MIN_LOAD_MILLIS = 1000;
    /** An entry is refreshed at the earliest this many load times before it expires. */
    private static final int WINDOW = 20;

    private final CacheLoader loader;
    private final CacheCounters counters;
    private final Set<String> refreshing = ConcurrentHashMap.newKeySet();

    EarlyRefresh(CacheLoader loader, CacheCounters counters) {
        this.loader = loader;
        this.counters = counters;
    }

    /** Refreshes an entry that was read, if it is time. */
    <T> void afterHit(String key, CacheType<T> type, CacheEntry<T> entry, ChangeView view, Loader<T> source) {
        if (isTime(entry, view) && refreshing.add(key)) { // one refresh of a key at a time
            Thread.startVirtualThread(() -> refresh(key, type, source));
        }
    }

    private static boolean isTime(CacheEntry<?> entry, ChangeView view) {
        long remaining = entry.expiresAtMillis() - view.databaseMillis();
        long load = Math.max(MIN_LOAD_MILLIS, entry.loadMillis());
        // Most reads end here without drawing a number: a longer time has a probability of e^-20.
        if (remaining > WINDOW * load) {
            return false;
        }
        // -ln(random) is exponentially distributed with mean 1: the drawn time is one load on average.
        return remaining <= -Math.log(ThreadLocalRandom.current().nextDouble()) * load;
    }

    private <T> void refresh(String key, CacheType<T> type, Loader<T> source) {
        try {
            counters.refreshes.increment();
            loader.load(key, type, source);
        } catch (RuntimeException e) { // the entry has not expired yet; after that a reader gets the exception
            LOG.atDebug().setCause(e).log("early refresh failed");
        } finally {
            refreshing.remove(key);
        }
    }
}
