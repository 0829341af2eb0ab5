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
 * Values kept under keys: in the memory of this program, bounded, and behind it in Redis, for the other programs and for the
 * time after a restart. What was read from the database carries the snapshot in which it was read and the tags of all that it
 * shows; at each use it is held against the changes that this program has heard of, and is not used when there is a later one.
 * So neither a value that was stored late nor a Redis that comes back with old contents can make an answer older than an
 * acknowledged change.
 *
 * <p>Without a Redis, or while it does not answer, the memory goes on alone. Nothing here throws because of Redis. Safe for use
 * by many threads.
 */
public final class Cache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cache.class);
    private static final Duration LONGEST = Duration.ofHours(24); // changes are kept an hour longer
    private static final double JITTER = 0.05;
    /** How long before its end an entry may be loaded again, times what a load takes, but a second at least. */
    private static final int EARLY = 20;

    /** Before the patterns that the other programs are to forget, in the log of changes. */
    private static final String FORGET = "forget:";

    private final ChangeLog changes;
    private final InstantSource clock;
    private final Figures figures = new Figures();
    private final Memory memory;
    private final @Nullable RedisLink link;
    private final @Nullable RedisLayer redis;
    private final Flights<Found> flights = new Flights<>();
    private final Set<String> refreshing = ConcurrentHashMap.newKeySet();

    /** What a flight brings: an entry or nothing, and from where. */
    private record Found(@Nullable Entry<?> entry, Cached.Layer layer) {}

    /**
     * A cache.
     *
     * @param url         of Redis; null for memory alone
     * @param namespace   stands before each key in Redis
     * @param memoryBytes how much to keep in memory, about
     */
    public Cache(ChangeLog changes, @Nullable RedisUrl url, String namespace, long memoryBytes, InstantSource clock) {
        this.changes = changes;
        this.clock = clock;
        this.memory = new Memory(memoryBytes, clock, figures);
        this.link = url == null ? null : new RedisLink(url, namespace, figures);
        this.redis = link == null ? null : new RedisLayer(link, namespace, figures);
        changes.whenHeard(FORGET, pattern -> memory.removeAll(Globs.matcher(pattern)));
    }

    /**
     * A value that is kept, or else loaded by one of those who ask for it at the same time. Nothing that is found is older than
     * a change that was acknowledged before the call.
     *
     * @param loader returns empty for what is not there and will not come to be there: that is remembered for half a minute;
     *               what it throws goes to all who were waiting when it was called. It may be called on another thread, to load again in time what
     *               is in use.
     */
    public <T> Optional<Cached<T>> getOrLoad(String key, CacheType<T> type, Supplier<Optional<Loaded<T>>> loader) {
        Entry<T> kept = inMemory(key, type);
        if (kept != null) {
            figures.memoryHits.increment();
            refreshEarly(key, type, kept, loader);
            return Optional.of(new Cached<>(kept.value(), Cached.Layer.MEMORY));
        }
        if (memory.isAbsent(key)) {
            figures.absent.increment();
            return Optional.empty();
        }
        return changes.isTrusted() ? joined(key, type, loader) : loaded(type, loader);
    }

    private <T> Optional<Cached<T>> joined(String key, CacheType<T> type, Supplier<Optional<Loaded<T>>> loader) {
        Found found = flights.join(key, () -> find(key, type, loader));
        Entry<?> entry = found.entry();
        if (entry == null) {
            return Optional.empty();
        }
        Entry<T> typed = cast(entry, type);
        if (typed != null && typed.isUsable(changes, clock.millis())) {
            return Optional.of(new Cached<>(typed.value(), found.layer()));
        }
        return loaded(type, loader); // changed since that flight began, which may have been before this call
    }

    /** What nobody else gets to see. */
    private <T> Optional<Cached<T>> loaded(CacheType<T> type, Supplier<Optional<Loaded<T>>> loader) {
        figures.loads.increment();
        return loader.get().map(found -> new Cached<>(type.type().cast(found.value()), Cached.Layer.NONE));
    }

    private <T> Found find(String key, CacheType<T> type, Supplier<Optional<Loaded<T>>> loader) {
        if (redis != null && type.size() == null && redis.isWorthAsking()) {
            Entry<T> kept = inRedis(key, type);
            redis.asked(kept != null);
            if (kept != null) {
                figures.redisHits.increment();
                memory.put(key, kept);
                return new Found(kept, Cached.Layer.REDIS);
            }
        }
        figures.loads.increment();
        return new Found(load(key, type, loader), Cached.Layer.NONE);
    }

    private <T> @Nullable Entry<T> load(String key, CacheType<T> type, Supplier<Optional<Loaded<T>>> loader) {
        String generation = changes.generation(); // before reading: what is read may already be of the next
        long start = clock.millis();
        Optional<Loaded<T>> loaded = loader.get();
        if (loaded.isEmpty()) {
            memory.markAbsent(key);
            return null;
        }
        Loaded<T> found = loaded.get();
        Stamp stamp = new Stamp(generation, Snapshot.parse(found.snapshot()));
        long now = clock.millis();
        long millis = lifetime(found.timeToLive());
        byte[] value = type.size() == null ? Envelope.value(found.value()) : null;
        int size = value == null ? type.sizeOf(found.value()) : value.length;
        Entry<T> entry = new Entry<>(found.value(), type.shape(), stamp, found.tags(), now + millis, now - start, size);
        memory.put(key, entry);
        if (redis != null && value != null && millis > 0) {
            redis.store(key, entry, value, millis);
        }
        return entry;
    }

    private static long lifetime(Duration wanted) {
        double jitter = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
        return (long) (Math.min(wanted.toMillis(), LONGEST.toMillis()) * jitter);
    }

    private <T> @Nullable Entry<T> inMemory(String key, CacheType<T> type) {
        Entry<?> entry = memory.find(key);
        Entry<T> typed = entry == null ? null : cast(entry, type);
        if (entry == null || (typed != null && typed.isUsable(changes, clock.millis()))) {
            return typed;
        }
        if (changes.isTrusted()) { // otherwise it may turn out to be good
            figures.outdated.increment();
            memory.remove(key, entry);
        }
        return null;
    }

    private <T> @Nullable Entry<T> inRedis(String key, CacheType<T> type) {
        if (redis == null || type.size() != null) {
            return null;
        }
        Optional<Entry<T>> entry = redis.find(key, type);
        if (entry.isPresent() && !entry.get().isUsable(changes, clock.millis())) {
            figures.outdated.increment();
            return null;
        }
        return entry.orElse(null);
    }

    @SuppressWarnings("unchecked") // the shape tells the type
    private static <T> @Nullable Entry<T> cast(Entry<?> entry, CacheType<T> type) {
        return entry.shape().equals(type.shape()) ? (Entry<T>) entry : null;
    }

    /** Loads again, beside the readers, what will run out soon; the sooner, the likelier (Vattani, Chierichetti, Lowenstein 2015). */
    private <T> void refreshEarly(String key, CacheType<T> type, Entry<T> kept, Supplier<Optional<Loaded<T>>> loader) {
        long remaining = kept.expiresAtMillis() - clock.millis();
        long load = Math.max(1000, kept.loadMillis());
        if (remaining > EARLY * load
                || remaining > -Math.log(ThreadLocalRandom.current().nextDouble()) * load
                || !refreshing.add(key)) {
            return;
        }
        Thread.startVirtualThread(() -> {
            try {
                figures.refreshes.increment();
                load(key, type, loader);
            } catch (RuntimeException e) { // it is kept for a while yet, and then a reader meets the reason
                LOG.atDebug().setCause(e).log("could not be loaded again in time");
            } finally {
                refreshing.remove(key);
            }
        });
    }

    /** A value that is kept and has not changed. */
    public <T> Optional<T> get(String key, CacheType<T> type) {
        Entry<T> kept = inMemory(key, type);
        if (kept != null) {
            figures.memoryHits.increment();
            return Optional.of(kept.value());
        }
        Entry<T> found = inRedis(key, type);
        if (found == null) {
            return Optional.empty();
        }
        figures.redisHits.increment();
        memory.put(key, found);
        return Optional.of(found.value());
    }

    /**
     * Keeps a value that depends on nothing in the database. Other programs may see the one before it for as long as they keep
     * that in memory.
     *
     * @param timeToLive 24 hours at most
     */
    public <T> void set(String key, CacheType<T> type, T value, Duration timeToLive) {
        long millis = Math.min(timeToLive.toMillis(), LONGEST.toMillis());
        byte[] bytes = Envelope.value(value);
        Entry<T> entry = new Entry<>(
                value, type.shape(), changes.position(), Set.of(), clock.millis() + millis, 0, bytes.length);
        memory.put(key, entry);
        if (redis != null && millis > 0) {
            redis.put(key, Envelope.write(entry, bytes), millis);
        }
    }

    /** Deletes a value here and in Redis, and has the other programs forget it; returns whether there was one. One statement. */
    public boolean delete(String key) {
        boolean here = memory.remove(key);
        boolean there = redis != null && redis.delete(key);
        changes.log(FORGET + Globs.literal(key));
        if (here || there) {
            figures.deletions.increment();
        }
        return here || there;
    }

    /** Whether there is a value that has not run out, here or in Redis. */
    public boolean exists(String key) {
        Entry<?> entry = memory.find(key);
        return (entry != null && entry.isUsable(changes, clock.millis())) || (redis != null && redis.exists(key));
    }

    /**
     * Deletes what has such a key, here and in Redis, and has the other programs forget it. One statement.
     *
     * @param pattern as Redis has them, without the namespace: {@code share:listing:17:*}
     * @return how many in Redis, or in memory where those are more
     */
    public long deletePattern(String pattern) {
        long here = memory.removeAll(Globs.matcher(pattern));
        long there = redis == null ? 0 : redis.deletePattern(pattern);
        changes.log(FORGET + pattern);
        figures.deletions.add(Math.max(here, there));
        return Math.max(here, there);
    }

    /** Says something to the other programs with this Redis; whether they hear it is not certain. */
    public void publish(String topic, String text) {
        if (link != null) {
            link.publish(topic, text);
        }
    }

    /** What to do when another program says something; it must not block. */
    public void subscribe(String topic, Consumer<String> reader) {
        if (link != null) {
            link.subscribe(topic, reader);
        }
    }

    /** Whether there is a Redis behind the memory, well or not. */
    public boolean hasRedis() {
        return link != null;
    }

    /** Whether there is a Redis that does not answer. */
    public boolean isDegraded() {
        return link != null && link.state() != RedisLink.State.CLOSED;
    }

    public CacheFigures figures() {
        String state = link == null ? "none" : link.state().name().toLowerCase(Locale.ROOT);
        return new CacheFigures(
                figures.memoryHits.sum(),
                figures.redisHits.sum(),
                figures.loads.sum(),
                figures.absent.sum(),
                figures.outdated.sum(),
                figures.evictions.sum(),
                figures.deletions.sum(),
                figures.refreshes.sum(),
                figures.unreadable.sum(),
                figures.timeouts.sum(),
                figures.errors.sum(),
                memory.entries(),
                memory.bytes(),
                state,
                changes.isTrusted());
    }

    @Override
    public void close() {
        if (redis != null && link != null) {
            redis.flush();
            link.close();
        }
    }
}
