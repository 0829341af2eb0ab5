package dealbrain.caching;

import dealbrain.changes.ChangeLog;
import dealbrain.changes.Snapshot;
import dealbrain.changes.Stamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(Cache.class);
    private static final Duration MAX_TIME_TO_LIVE = Duration.ofHours(24); // the change log has a retention of 25 hours
    private static final double JITTER = 0.05;
    private static final long MIN_REFRESH_MILLIS = 1000;
    /** An entry is refreshed at the earliest this many load times before it expires. */
    private static final int REFRESH_WINDOW = 20;

    /** The prefix of changes that make every instance remove the keys of a pattern from memory. */
    private static final String FORGET = "forget:";

    private final ChangeLog changes;
    private final InstantSource clock;
    private final CacheCounters counters = new CacheCounters();
    private final MemoryLayer memory;
    private final @Nullable RedisLink link;
    private final @Nullable RedisLayer redis;
    private final SingleFlight<Lookup> lookups = new SingleFlight<>();
    private final Set<String> refreshing = ConcurrentHashMap.newKeySet();

    /** The result of a lookup that concurrent readers share; the entry is null if the loader found no value. */
    private record Lookup(@Nullable CacheEntry<?> entry, CacheResult.Layer layer) {}

    /**
     * Creates a cache.
     *
     * @param url         of Redis; null for memory only
     * @param namespace   the prefix of each key in Redis
     * @param memoryBytes the approximate bound of the memory layer
     */
    public Cache(ChangeLog changes, @Nullable RedisUrl url, String namespace, long memoryBytes, InstantSource clock) {
        this.changes = changes;
        this.clock = clock;
        this.memory = new MemoryLayer(memoryBytes, clock, counters);
        this.link = url == null ? null : new RedisLink(url, namespace, counters);
        this.redis = link == null ? null : new RedisLayer(link, namespace, counters);
        changes.subscribe(FORGET, pattern -> memory.removeAll(Globs.matcher(pattern)));
    }

    /**
     * Returns the cached value of {@code key}, or loads it; concurrent readers share a load. The value is not older
     * than any change that was acknowledged before the call.
     *
     * @param loader returns empty for a key that has no value and will not get one, which is cached for 30 seconds.
     *               May also be called in another thread, to refresh an entry before it expires
     * @throws RuntimeException an exception of the loader, to all readers that shared the load and started before it
     */
    public <T> Optional<CacheResult<T>> getOrLoad(
            String key, CacheType<T> type, Supplier<Optional<LoadResult<T>>> loader) {
        CacheEntry<T> cached = findInMemory(key, type);
        if (cached != null) {
            counters.memoryHits.increment();
            refreshEarly(key, type, cached, loader);
            return Optional.of(new CacheResult<>(cached.value(), CacheResult.Layer.MEMORY));
        }
        if (memory.isAbsent(key)) {
            counters.absent.increment();
            return Optional.empty();
        }
        return changes.view().isTrusted() ? loadShared(key, type, loader) : loadUncached(type, loader);
    }

    private <T> Optional<CacheResult<T>> loadShared(
            String key, CacheType<T> type, Supplier<Optional<LoadResult<T>>> loader) {
        Lookup lookup = lookups.run(key, () -> lookUp(key, type, loader));
        CacheEntry<?> entry = lookup.entry();
        if (entry == null) {
            return Optional.empty();
        }
        CacheEntry<T> typed = cast(entry, type);
        if (typed != null && typed.isUsable(changes, clock.millis())) {
            return Optional.of(new CacheResult<>(typed.value(), lookup.layer()));
        }
        // The value has changed since the lookup read it, possibly before this call, as the lookup may have started
        // earlier.
        return loadUncached(type, loader);
    }

    private <T> Optional<CacheResult<T>> loadUncached(CacheType<T> type, Supplier<Optional<LoadResult<T>>> loader) {
        counters.loads.increment();
        return loader.get().map(loaded -> new CacheResult<>(type.type().cast(loaded.value()), CacheResult.Layer.NONE));
    }

    /** Queries Redis, then loads. */
    private <T> Lookup lookUp(String key, CacheType<T> type, Supplier<Optional<LoadResult<T>>> loader) {
        if (redis != null && type.size() == null && redis.shouldQuery()) {
            CacheEntry<T> cached = findInRedis(key, type);
            redis.recordQuery(cached != null);
            if (cached != null) {
                counters.redisHits.increment();
                memory.put(key, cached);
                return new Lookup(cached, CacheResult.Layer.REDIS);
            }
        }
        counters.loads.increment();
        return new Lookup(load(key, type, loader), CacheResult.Layer.NONE);
    }

    /** Loads a value and stores it in both layers (step 1 of decision 0009). */
    private <T> @Nullable CacheEntry<T> load(String key, CacheType<T> type, Supplier<Optional<LoadResult<T>>> loader) {
        String generation = changes.view().generation(); // before the load, which may already read the next generation
        long start = clock.millis();
        Optional<LoadResult<T>> result = loader.get();
        if (result.isEmpty()) {
            memory.markAbsent(key);
            return null;
        }
        LoadResult<T> loaded = result.get();
        Stamp stamp = new Stamp(generation, Snapshot.parse(loaded.snapshot()));
        long now = clock.millis();
        long millis = withJitter(loaded.timeToLive());
        byte[] value = type.size() == null ? Envelope.value(loaded.value()) : null;
        int size = value == null ? type.sizeOf(loaded.value()) : value.length;
        CacheEntry<T> entry =
                new CacheEntry<>(loaded.value(), type.shape(), stamp, loaded.tags(), now + millis, now - start, size);
        memory.put(key, entry);
        if (redis != null && value != null && millis > 0) {
            redis.store(key, entry, value, millis);
        }
        return entry;
    }

    private static long withJitter(Duration timeToLive) {
        double factor = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
        return (long) (Math.min(timeToLive.toMillis(), MAX_TIME_TO_LIVE.toMillis()) * factor);
    }

    private <T> @Nullable CacheEntry<T> findInMemory(String key, CacheType<T> type) {
        CacheEntry<?> entry = memory.find(key);
        CacheEntry<T> typed = entry == null ? null : cast(entry, type);
        if (entry == null || (typed != null && typed.isUsable(changes, clock.millis()))) {
            return typed;
        }
        if (changes.view().isTrusted()) { // otherwise it is unknown whether the entry is stale
            counters.outdated.increment();
            memory.remove(key, entry);
        }
        return null;
    }

    private <T> @Nullable CacheEntry<T> findInRedis(String key, CacheType<T> type) {
        if (redis == null || type.size() != null) {
            return null;
        }
        Optional<CacheEntry<T>> entry = redis.find(key, type);
        if (entry.isPresent() && !entry.get().isUsable(changes, clock.millis())) {
            counters.outdated.increment();
            return null;
        }
        return entry.orElse(null);
    }

    @SuppressWarnings("unchecked") // equal shapes have the same type
    private static <T> @Nullable CacheEntry<T> cast(CacheEntry<?> entry, CacheType<T> type) {
        return entry.shape().equals(type.shape()) ? (CacheEntry<T>) entry : null;
    }

    /**
     * Refreshes an entry in the background before it expires, with a probability that grows towards expiry: a popular
     * entry is loaded by one reader early, instead of by all readers at once when it expires. The longer a load takes,
     * the earlier it starts. Instances that share an entry need not coordinate, as each read draws its own time. This
     * is XFetch with beta = 1 (A. Vattani, F. Chierichetti, K. Lowenstein: Optimal Probabilistic Cache Stampede
     * Prevention, VLDB 2015).
     */
    private <T> void refreshEarly(
            String key, CacheType<T> type, CacheEntry<T> cached, Supplier<Optional<LoadResult<T>>> loader) {
        long remaining = cached.expiresAtMillis() - clock.millis();
        long load = Math.max(MIN_REFRESH_MILLIS, cached.loadMillis());
        // Most reads end here without drawing a number: a longer time has a probability of e^-20.
        if (remaining > REFRESH_WINDOW * load) {
            return;
        }
        // -ln(random) is exponentially distributed with mean 1: the drawn time is one load on average.
        double drawn = -Math.log(ThreadLocalRandom.current().nextDouble()) * load;
        if (remaining > drawn || !refreshing.add(key)) { // one refresh of a key at a time
            return;
        }
        Thread.startVirtualThread(() -> {
            try {
                counters.refreshes.increment();
                load(key, type, loader);
            } catch (RuntimeException e) { // the entry has not expired yet; after that a reader gets the exception
                LOG.atDebug().setCause(e).log("early refresh failed");
            } finally {
                refreshing.remove(key);
            }
        });
    }

    /** Returns a cached value that is current; empty if there is none. */
    public <T> Optional<T> get(String key, CacheType<T> type) {
        CacheEntry<T> cached = findInMemory(key, type);
        if (cached != null) {
            counters.memoryHits.increment();
            return Optional.of(cached.value());
        }
        CacheEntry<T> found = findInRedis(key, type);
        if (found == null) {
            return Optional.empty();
        }
        counters.redisHits.increment();
        memory.put(key, found);
        return Optional.of(found.value());
    }

    /**
     * Caches a value that depends on nothing in the database. Another instance returns the previous value for as long
     * as it has that one in memory.
     *
     * @param timeToLive reduced to 24 hours if longer
     */
    public <T> void set(String key, CacheType<T> type, T value, Duration timeToLive) {
        long millis = Math.min(timeToLive.toMillis(), MAX_TIME_TO_LIVE.toMillis());
        byte[] bytes = Envelope.value(value);
        CacheEntry<T> entry = new CacheEntry<>(
                value, type.shape(), changes.view().position(), Set.of(), clock.millis() + millis, 0, bytes.length);
        memory.put(key, entry);
        if (redis != null && millis > 0) {
            redis.put(key, Envelope.write(entry, bytes), millis);
        }
    }

    /**
     * Deletes an entry from memory and Redis, and soon from the memory of the other instances; returns whether there
     * was one. One statement.
     */
    public boolean delete(String key) {
        boolean inMemory = memory.remove(key);
        boolean inRedis = redis != null && redis.delete(key);
        changes.append(FORGET + Globs.literal(key));
        if (inMemory || inRedis) {
            counters.deletions.increment();
        }
        return inMemory || inRedis;
    }

    /** Returns whether memory has a usable entry of {@code key}, or Redis any entry that has not expired. */
    public boolean exists(String key) {
        CacheEntry<?> entry = memory.find(key);
        return (entry != null && entry.isUsable(changes, clock.millis())) || (redis != null && redis.exists(key));
    }

    /**
     * Deletes the entries whose keys match {@code pattern} from memory and Redis, and soon from the memory of the other
     * instances. One statement.
     *
     * @param pattern a glob pattern as in Redis, without the namespace: {@code share:listing:17:*}
     * @return the number of entries deleted from memory or from Redis, the larger of the two
     */
    public long deletePattern(String pattern) {
        long inMemory = memory.removeAll(Globs.matcher(pattern));
        long inRedis = redis == null ? 0 : redis.deletePattern(pattern);
        changes.append(FORGET + pattern);
        counters.deletions.add(Math.max(inMemory, inRedis));
        return Math.max(inMemory, inRedis);
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

    /** Returns whether the cache is configured with a Redis that is unavailable. */
    public boolean isDegraded() {
        return link != null && link.state() != RedisLink.State.CLOSED;
    }

    public CacheStats stats() {
        String state = link == null ? "none" : link.state().name().toLowerCase(Locale.ROOT);
        return new CacheStats(
                counters.memoryHits.sum(),
                counters.redisHits.sum(),
                counters.loads.sum(),
                counters.absent.sum(),
                counters.outdated.sum(),
                counters.evictions.sum(),
                counters.deletions.sum(),
                counters.refreshes.sum(),
                counters.unreadable.sum(),
                counters.timeouts.sum(),
                counters.errors.sum(),
                memory.entries(),
                memory.bytes(),
                state,
                changes.view().isTrusted());
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
