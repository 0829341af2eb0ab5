package dealbrain.caching;

/**
 * How a cache did since the start of this program.
 *
 * @param memoryHits  found in memory
 * @param redisHits   found in Redis
 * @param loads       found in neither, and loaded
 * @param absent      known not to be there, without asking
 * @param outdated    found, but older than a change
 * @param evictions   pushed out of memory by others
 * @param deletions   deleted on demand
 * @param refreshes   loaded again before they ran out
 * @param unreadable  damaged in Redis, and deleted there
 * @param timeouts    commands to Redis that took too long
 * @param errors      commands to Redis that failed, those that took too long included
 * @param entries     in memory now
 * @param bytes       in memory now, about
 * @param redis       {@code closed} where all is well, {@code open}, {@code half_open}; {@code none} without a Redis
 * @param trusted     whether what is kept can be judged now; otherwise everything is loaded
 */
public record CacheFigures(
        long memoryHits,
        long redisHits,
        long loads,
        long absent,
        long outdated,
        long evictions,
        long deletions,
        long refreshes,
        long unreadable,
        long timeouts,
        long errors,
        long entries,
        long bytes,
        String redis,
        boolean trusted) {

    /** The part of all reads, from 0 to 1, that needed no load; 0 before the first. */
    public double hitRate() {
        long hits = memoryHits + redisHits + absent;
        return hits == 0 ? 0 : (double) hits / (hits + loads);
    }
}
