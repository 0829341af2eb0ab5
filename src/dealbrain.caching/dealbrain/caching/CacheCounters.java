package dealbrain.caching;

import java.util.concurrent.atomic.LongAdder;

/** The counters of a cache since the start of this instance; {@link CacheStats} describes them. */
final class CacheCounters {
    final LongAdder memoryHits = new LongAdder();
    final LongAdder redisHits = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder absent = new LongAdder();
    final LongAdder outdated = new LongAdder();
    final LongAdder evictions = new LongAdder();
    final LongAdder deletions = new LongAdder();
    final LongAdder refreshes = new LongAdder();
    final LongAdder audits = new LongAdder();
    final LongAdder auditFailures = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder errors = new LongAdder();

    /** Returns the statistics; the parameters are those of {@link CacheStats}. */
    CacheStats stats(long entries, long bytes, String redis, boolean trusted) {
        return new CacheStats(
                memoryHits.sum(),
                redisHits.sum(),
                loads.sum(),
                absent.sum(),
                outdated.sum(),
                evictions.sum(),
                deletions.sum(),
                refreshes.sum(),
                audits.sum(),
                auditFailures.sum(),
                unreadable.sum(),
                timeouts.sum(),
                errors.sum(),
                entries,
                bytes,
                redis,
                trusted);
    }
}
