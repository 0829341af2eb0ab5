package dealbrain.caching;

import dealbrain.changes.ChangeLog;
import dealbrain.changes.ChangeView;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the guarantee of the cache while it runs: a sample of the hits is loaded again in the background and compared
 * with the cached value.
 *
 * <p>A difference alone is no fault, as the value may have changed since the hit. It is one if the entry is still
 * judged usable after a poll that started after the load: that poll found every logged change that the load saw. So
 * some change was not logged, or the entry does not have its tag, or its stamp does not say what the entry shows.
 *
 * <p>At most one audit runs at a time; hits in the meantime are not audited. Thread-safe.
 */
final class Auditor {
    private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);
    private static final int MAX_LOGGED_TAGS = 50;

    private final ChangeLog changes;
    private final int interval;
    private final CacheCounters counters;
    private final Consumer<String> deletion;
    private final AtomicBoolean running = new AtomicBoolean();

    /**
     * Creates an auditor.
     *
     * @param interval one hit in this many is audited, chosen at random; 0 for none
     * @param deletion deletes the entries of a key on all instances
     */
    Auditor(ChangeLog changes, int interval, CacheCounters counters, Consumer<String> deletion) {
        this.changes = changes;
        this.interval = interval;
        this.counters = counters;
        this.deletion = deletion;
    }

    /** Audits an entry that was read, if it is in the sample. Returns at once. */
    <T> void afterHit(String key, CacheType<T> type, CacheEntry<T> entry, Loader<T> loader) {
        if (interval == 0
                || ThreadLocalRandom.current().nextInt(interval) != 0
                || !running.compareAndSet(false, true)) {
            return;
        }
        // A thread of its own, so that the statements count neither towards the reader's request nor to its trace.
        Thread.ofVirtual()
                .name("cache auditor")
                .inheritInheritableThreadLocals(false)
                .start(() -> run(key, type, entry, loader));
    }

    private <T> void run(String key, CacheType<T> type, CacheEntry<T> entry, Loader<T> loader) {
        try {
            audit(key, type, entry, loader);
        } catch (RuntimeException e) { // of the loader, of the poll or of the deletion: the database is unavailable
            LOG.atDebug().setCause(e).log("cache audit failed");
        } finally {
            running.set(false);
        }
    }

    private <T> void audit(String key, CacheType<T> type, CacheEntry<T> entry, Loader<T> loader) {
        String difference = difference(type, entry, loader);
        if (difference != null) {
            ChangeView view = changes.awaitPoll();
            if (entry.isUsable(view)) {
                counters.auditFailures.increment();
                report(key, entry, view, difference);
                deletion.accept(key);
            }
        }
        counters.audits.increment();
    }

    /** Returns in which way the value in the database differs; null if it does not. */
    private static <T> @Nullable String difference(CacheType<T> type, CacheEntry<T> entry, Loader<T> loader) {
        try {
            LoadResult<T> loaded = loader.loadFromPrimary().orElse(null);
            if (loaded == null) {
                return "the value was deleted";
            }
            return type.equality().test(entry.value(), loaded.value()) ? null : "the value is another one";
        } catch (RuntimeException e) {
            if (type.isRejection(e)) {
                return "the read is rejected: " + e.getMessage();
            }
            throw e;
        }
    }

    private static void report(String key, CacheEntry<?> entry, ChangeView view, String difference) {
        List<String> tags =
                entry.tags().stream().sorted().limit(MAX_LOGGED_TAGS).toList();
        LOG.atError()
                .addKeyValue("key", withoutTokens(key))
                .addKeyValue("difference", difference)
                .addKeyValue("stamp", entry.stamp().snapshot())
                .addKeyValue("tags", tags)
                .addKeyValue("tag_count", entry.tags().size())
                .addKeyValue("generation", view.generation())
                .addKeyValue("position", view.position().snapshot())
                .log("stale cache entry: the database has another value, and the change log has no change");
    }

    /** Returns a key with the first 8 characters of each token only: a whole token would grant access. */
    private static String withoutTokens(String key) {
        return key.replaceAll("([^:]{8})[^:]{24,}", "$1...");
    }
}
