package dealbrain.caching;

/**
 * The statistics of a cache since the start of this instance.
 *
 * @param memoryHits  reads served from memory
 * @param redisHits   reads served from Redis
 * @param loads       reads that found no entry and called the loader
 * @param absent      reads of a key that is cached as absent
 * @param outdated    entries that were found and not used, because of a later change
 * @param evictions   entries evicted from memory to stay within its bound
 * @param deletions   entries deleted on request
 * @param refreshes   entries loaded again before they expired
 * @param audits      hits that were loaded again and compared
 * @param auditFailures stale entries that an audit found; any is a bug
 * @param unreadable  malformed entries that were found in Redis and deleted
 * @param timeouts    commands to Redis that timed out
 * @param errors      commands to Redis that failed, timeouts included
 * @param entries     entries in memory now
 * @param bytes       approximate size of the entries in memory now
 * @param redis       the state of the circuit breaker: {@code closed} while Redis is used, {@code partial} while it
 *                    is used without some nodes of a cluster, {@code open} or {@code half_open}; {@code none} without
 *                    Redis
 * @param trusted     whether entries can be validated now; otherwise every read calls the loader
 */
public record CacheStats(
        long memoryHits,
        long redisHits,
        long loads,
        long absent,
        long outdated,
        long evictions,
        long deletions,
        long refreshes,
        long audits,
        long auditFailures,
        long unreadable,
        long timeouts,
        long errors,
        long entries,
        long bytes,
        String redis,
        boolean trusted) {

    /** Returns the ratio of reads that needed no load, from 0 to 1; 0 before the first hit. */
    public double hitRate() {
        long hits = memoryHits + redisHits + absent;
        return hits == 0 ? 0 : (double) hits / (hits + loads);
    }
}
