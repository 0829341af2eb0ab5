package dealbrain.caching;

import dealbrain.background.WorkerState;
import dealbrain.changes.ChangeLog;
import dealbrain.changes.ChangeView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A typed cache of two layers: the memory of this instance, bounded by bytes, and behind it Redis, which the other
 * instances share and which survives a restart.
 *
 * <p>An entry carries the snapshot in which its value was read, and the tags of everything that the value shows. At
 * each use it is validated against the change log, and not used if a tag has changed since. So neither a late store
 * nor a Redis that restores old contents leads to a value that is older than an acknowledged change. See
 * {@code docs/decisions/0009-never-stale.md}.
 *
 * <p>The pages use {@link #getOrLoad}. {@link #get}, {@link #set}, {@link #delete} and {@link #exists} complete the
 * typed API of the original design, for values that a caller computes itself; the tests are their only callers.
 *
 * <p>Without Redis, or while it is unavailable, the memory layer works alone; no method throws because of Redis.
 * Thread-safe.
 */
public final class Cache implements AutoCloseable {
    /** The prefix of changes that make every instance remove the keys of a pattern from memory. */
    private static final String FORGET = "forget:";

    private static final Deletion NO_REDIS = new Deletion(0, true);

    private final ChangeLog changes;
    private final CacheCounters counters = new CacheCounters();
    private final MemoryLayer memory;
    private final @Nullable RedisLink link;
    private final @Nullable RedisLayer redis;
    private final CacheLoader loader;
    private final EarlyRefresh earlyRefresh;
    private final Auditor auditor;
    private final SingleFlight<Lookup> lookups = new SingleFlight<>();

    /** The result of a lookup that concurrent readers share; the entry is null if the loader found no value. */
    private record Lookup(@Nullable CacheEntry<?> entry, CacheResult.Layer layer) {}

    /**
     * Creates a cache.
     *
     * @param url           of Redis; null for memory only
     * @param namespace     the prefix of each key in Redis
     * @param memoryBytes   the approximate bound of the memory layer
     * @param auditInterval one hit in this many is loaded again in the background and compared; 0 for none
     */
    public Cache(ChangeLog changes, @Nullable RedisUrl url, String namespace, long memoryBytes, int auditInterval) {
        this(changes, url, namespace, memoryBytes, auditInterval, RedisLink.TIMEOUT);
    }

    /** @param redisTimeout of a command of Redis: {@link RedisLink#TIMEOUT}, or longer in tests */
    Cache(
            ChangeLog changes,
            @Nullable RedisUrl url,
            String namespace,
            long memoryBytes,
            int auditInterval,
            Duration redisTimeout) {
        this.changes = changes;
        this.memory = new MemoryLayer(memoryBytes, () -> changes.view().databaseMillis(), counters);
        this.link = url == null ? null : new RedisLink(url, namespace, counters, redisTimeout);
        this.redis = link == null ? null : new RedisLayer(link, namespace, counters);
        this.loader = new CacheLoader(changes, memory, redis);
        this.earlyRefresh = new EarlyRefresh(loader, counters);
        this.auditor = new Auditor(changes, auditInterval, counters, this::delete);
        // The pattern is * when this instance may have missed some.
        changes.subscribe(FORGET, pattern -> memory.removeAll(Globs.matcher(pattern)));
    }

    /**
     * Returns the cached value of {@code key}, or loads it; concurrent readers share a load. The value is not older
     * than any change that was acknowledged before the call.
     *
     * @param source loads the value; returns empty for a key that has no value and will not get one, which is cached
     *               for 30 seconds. May also be called in another thread, to refresh an entry before it expires or to
     *               audit it
     * @throws RuntimeException an exception of {@code source}, to all readers that shared the load and started before
     *                          it
     */
    public <T> Optional<CacheResult<T>> getOrLoad(String key, CacheType<T> type, Loader<T> source) {
        ChangeView view = changes.view();
        CacheEntry<T> cached = findInMemory(key, type, view);
        if (cached != null) {
            counters.memoryHits.increment();
            earlyRefresh.afterHit(key, type, cached, view, source);
            auditor.afterHit(key, type, cached, source);
            return Optional.of(new CacheResult<>(cached.value(), CacheResult.Layer.MEMORY));
        }
        if (memory.isAbsent(key, view.generation())) {
            counters.absent.increment();
            return Optional.empty();
        }
        return loadShared(key, type, source);
    }

    /**
     * Looks up a value together with the concurrent readers of the key. A lookup that started before this call may have
     * read an older state: its result is validated, and not used while the cache is not trusted. One that started later
     * has read the state of this call, and needs no check.
     */
    private <T> Optional<CacheResult<T>> loadShared(String key, CacheType<T> type, Loader<T> source) {
        Lookup lookup = lookups.run(
                type.shape() + key, // readers of another type do not share the result
                () -> lookUp(key, type, source),
                earlier -> earlier.entry() == null || earlier.entry().isUsable(changes.view()));
        CacheEntry<T> entry = lookup.entry() == null ? null : cast(lookup.entry(), type);
        if (entry == null) {
            return Optional.empty();
        }
        if (lookup.layer().isHit()) {
            auditor.afterHit(key, type, entry, source);
        }
        return Optional.of(new CacheResult<>(entry.value(), lookup.layer()));
    }

    /** Queries Redis, then loads. */
    private <T> Lookup lookUp(String key, CacheType<T> type, Loader<T> source) {
        ChangeView view = changes.view();
        if (redis != null && type.inRedis() && view.isTrusted() && redis.shouldQuery()) {
            CacheEntry<T> cached = findInRedis(key, type, view);
            redis.recordQuery(cached != null);
            if (cached != null) {
                return new Lookup(cached, CacheResult.Layer.REDIS);
            }
        }
        counters.loads.increment();
        return new Lookup(loader.load(key, type, source), CacheResult.Layer.NONE);
    }

    private <T> @Nullable CacheEntry<T> findInMemory(String key, CacheType<T> type, ChangeView view) {
        CacheEntry<?> entry = memory.find(key);
        CacheEntry<T> typed = entry == null ? null : cast(entry, type);
        if (entry == null || (typed != null && typed.isUsable(view))) {
            return typed;
        }
        if (view.isTrusted()) { // otherwise it is unknown whether the entry is stale
            counters.outdated.increment();
            memory.remove(key, entry);
        }
        return null;
    }

    /** Finds a usable entry in Redis, and stores it in memory. */
    private <T> @Nullable CacheEntry<T> findInRedis(String key, CacheType<T> type, ChangeView view) {
        CacheEntry<T> entry =
                redis == null || !type.inRedis() ? null : redis.find(key, type).orElse(null);
        if (entry == null) {
            return null;
        }
        if (!entry.isUsable(view)) {
            counters.outdated.increment();
            return null;
        }
        counters.redisHits.increment();
        memory.put(key, entry);
        return entry;
    }

    @SuppressWarnings("unchecked") // equal shapes have the same type
    private static <T> @Nullable CacheEntry<T> cast(CacheEntry<?> entry, CacheType<T> type) {
        return entry.shape().equals(type.shape()) ? (CacheEntry<T>) entry : null;
    }

    /** Returns a cached value that is current; empty if there is none. */
    public <T> Optional<T> get(String key, CacheType<T> type) {
        ChangeView view = changes.view();
        CacheEntry<T> cached = findInMemory(key, type, view);
        if (cached != null) {
            counters.memoryHits.increment();
            return Optional.of(cached.value());
        }
        return Optional.ofNullable(findInRedis(key, type, view)).map(CacheEntry::value);
    }

    /**
     * Caches a value that depends on nothing in the database. Another instance returns the previous value for as long
     * as it has that one in memory.
     *
     * @param timeToLive reduced to 24 hours if longer
     */
    public <T> void set(String key, CacheType<T> type, T value, Duration timeToLive) {
        ChangeView view = changes.view();
        long millis = CacheLoader.millis(timeToLive);
        byte[] bytes = Envelope.value(value);
        CacheEntry<T> entry = new CacheEntry<>(
                value,
                type.shape(),
                view.position(),
                Set.of(),
                view.databaseMillisAtLeast() + millis,
                0,
                type.sizeOf(value, bytes.length));
        memory.put(key, entry);
        if (redis != null && millis > 0) {
            redis.put(key, Envelope.write(entry, bytes), millis);
        }
    }

    /**
     * Deletes an entry from memory and Redis, and soon from the memory of the other instances, which does not depend on
     * Redis. One statement.
     */
    public Deletion delete(String key) {
        boolean inMemory = memory.remove(key);
        Deletion inRedis = redis == null ? NO_REDIS : redis.delete(key);
        return forget(Globs.literal(key), inMemory ? 1 : 0, inRedis);
    }

    /** Returns whether memory has a usable entry of {@code key}, or Redis any entry that has not expired. */
    public boolean exists(String key) {
        CacheEntry<?> entry = memory.find(key);
        return (entry != null && entry.isUsable(changes.view())) || (redis != null && redis.exists(key));
    }

    /**
     * Deletes the entries whose keys match {@code pattern} from memory and Redis, and soon from the memory of the other
     * instances, which does not depend on Redis. One statement.
     *
     * @param pattern a glob pattern as in Redis, without the namespace: {@code share:listing:17:*}
     * @return with the number of entries deleted from memory or from Redis, the larger of the two
     */
    public Deletion deletePattern(String pattern) {
        long inMemory = memory.removeAll(Globs.matcher(pattern));
        Deletion inRedis = redis == null ? NO_REDIS : redis.deletePattern(pattern);
        return forget(pattern, inMemory, inRedis);
    }

    private Deletion forget(String pattern, long inMemory, Deletion inRedis) {
        changes.append(FORGET + pattern);
        long entries = Math.max(inMemory, inRedis.entries());
        counters.deletions.add(entries);
        return new Deletion(entries, inRedis.isComplete());
    }

    /** Sends a message to the other instances that share this Redis. Delivery is not guaranteed. */
    public void publish(String topic, String text) {
        if (link != null) {
            link.publish(topic, text);
        }
    }

    /** Calls {@code subscriber} with the text of each message that another instance publishes; it must not block. */
    public void subscribe(String topic, Consumer<String> subscriber) {
        if (link != null) {
            link.subscribe(topic, subscriber);
        }
    }

    /** Returns whether the cache is configured with a Redis, available or not. */
    public boolean hasRedis() {
        return link != null;
    }

    /** Returns whether the cache is configured with a Redis that is unavailable, at least in part. */
    public boolean isDegraded() {
        return link != null && link.state() != RedisLink.State.CLOSED;
    }

    /**
     * Returns why Redis is not used, such as {@code EVAL failed: NOPERM}, without names and addresses; empty if it is
     * used, or not configured.
     */
    public String redisFailure() {
        return link == null ? "" : link.failure();
    }

    /** Returns the states of the background threads. */
    public List<WorkerState> workers() {
        return link == null ? List.of() : List.of(link.worker());
    }

    public CacheStats stats() {
        String state = link == null ? "none" : link.state().name().toLowerCase(Locale.ROOT);
        return counters.stats(
                memory.entries(), memory.bytes(), state, changes.view().isTrusted());
    }

    /** Sends the entries that are still to be stored in Redis, and closes its connections. */
    @Override
    public void close() {
        if (redis != null && link != null) {
            redis.flush();
            link.close();
        }
    }
}
