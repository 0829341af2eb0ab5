package dealbrain.caching;

import dealbrain.changes.Stamp;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The entries in Redis, each under the namespace and its key.
 *
 * <p>Entries are stored in the background, in batches: the reader that loaded a value does not wait for Redis. That is
 * safe because each entry is validated when it is used, so a late store does no harm (decision 0009). {@link #pending}
 * holds an entry until its command is sent. It guarantees that no entry of a key is skipped, so that the script can
 * choose the latest. It also guarantees that a deletion cancels or follows every store that was requested before it.
 *
 * <p>Never throws because of Redis, see {@link RedisLink}. Thread-safe.
 */
final class RedisLayer {
    /**
     * Stores an entry unless Redis has a later one of the same database. Otherwise a slow reader, or a delayed
     * command, would replace an entry that was loaded after its own. A key of another type is replaced.
     */
    private static final String STORE = """
            local head = redis.pcall('GETRANGE', KEYS[1], 0, 20 + #ARGV[2])
            if type(head) == 'string' and string.sub(head, 22) == ARGV[2] and string.sub(head, 1, 20) > ARGV[1] then
                return 0
            end
            redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
            return 1
            """;

    private static final int SCAN_BATCH = 500;
    private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(1);
    /** After this many misses in a row, only one lookup in {@link #SAMPLE} queries Redis. */
    private static final int MAX_MISSES = 64;

    private static final int SAMPLE = 8;
    /** Entries are sent together, because each one alone wakes three threads and Redis (docs/profile.md). */
    private static final Duration BATCH_PAUSE = Duration.ofMillis(5);

    private final RedisLink link;
    private final String namespace;
    private final CacheCounters counters;
    private final Duration batchPause;
    private final ConcurrentMap<String, PendingStore> pending = new ConcurrentHashMap<>();
    private final AtomicBoolean batching = new AtomicBoolean();
    private final AtomicInteger missesInARow = new AtomicInteger();

    /** An entry whose command has not been sent. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record PendingStore(CacheEntry<?> entry, byte[] value, long millis) {}

    RedisLayer(RedisLink link, String namespace, CacheCounters counters) {
        this(link, namespace, counters, BATCH_PAUSE);
    }

    /** @param batchPause how long an entry may wait for others that are sent with it */
    RedisLayer(RedisLink link, String namespace, CacheCounters counters, Duration batchPause) {
        this.link = link;
        this.namespace = namespace;
        this.counters = counters;
        this.batchPause = batchPause;
    }

    /**
     * Returns whether a lookup should query Redis before it loads. While Redis has no usable entries, as for pages that
     * are opened for the first time, only a sample of the lookups does; its first hit makes all of them query Redis
     * again.
     */
    boolean shouldQuery() {
        return missesInARow.get() < MAX_MISSES || ThreadLocalRandom.current().nextInt(SAMPLE) == 0;
    }

    /** Records the outcome of a query, for {@link #shouldQuery}. */
    void recordQuery(boolean hit) {
        if (hit) {
            missesInARow.set(0);
        } else if (link.connection() != null && missesInARow.get() < MAX_MISSES) {
            missesInARow.incrementAndGet();
        }
    }

    /** Finds an entry, current or not. Deletes a malformed one. */
    <T> Optional<CacheEntry<T>> find(String key, CacheType<T> type) {
        return link.call(
                        namespace + key,
                        commands -> commands.get(namespace + key).exceptionally(RedisLayer::malformed))
                .flatMap(bytes -> read(key, bytes, type));
    }

    /** Returns a malformed entry for a key of another type, such as a list: Redis has not failed. */
    private static byte[] malformed(Throwable failure) {
        if (failure instanceof RedisCommandExecutionException
                && String.valueOf(failure.getMessage()).startsWith("WRONGTYPE")) {
            return new byte[0];
        }
        throw new CompletionException(failure);
    }

    private <T> Optional<CacheEntry<T>> read(String key, byte[] bytes, CacheType<T> type) {
        try {
            return Envelope.read(bytes, type);
        } catch (Envelope.UnreadableException _) {
            counters.unreadable.increment();
            link.callAsync(namespace + key, commands -> commands.unlink(namespace + key));
            return Optional.empty();
        }
    }

    /**
     * Stores an entry in the background.
     *
     * @param value  the value of the entry, serialized by {@link Envelope#value}
     * @param millis the time to live
     */
    void store(String key, CacheEntry<?> entry, byte[] value, long millis) {
        send(key); // an entry that is still pending is not necessarily the older one: the script compares the two
        pending.put(key, new PendingStore(entry, value, millis));
        if (batching.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::sendBatch);
        }
    }

    /** Sends all entries that are stored within {@link #batchPause}. */
    private void sendBatch() {
        LockSupport.parkNanos(batchPause.toNanos());
        batching.set(false); // before the entries are listed, so that one that is missed has a batch of its own
        flush();
    }

    /** Sends the pending entry of a key, if there is one. */
    private void send(String key) {
        // The command is sent while the map holds the lock of the key. A concurrent deletion first removes the pending
        // entry. If it finds the entry, the entry is never sent. Otherwise it waits for the lock, and its command
        // follows this one on the same connection.
        pending.computeIfPresent(key, (_, each) -> {
            Stamp stamp = each.entry().stamp();
            byte[] envelope = Envelope.write(each.entry(), each.value());
            link.callAsync(
                    namespace + key,
                    commands -> store(
                            commands,
                            namespace + key,
                            Envelope.order(stamp),
                            stamp.generation(),
                            envelope,
                            each.millis()));
            return null; // no longer pending
        });
    }

    /**
     * Executes the script {@link #STORE}.
     *
     * @param order  compared with that of an entry of the same {@code generation}
     * @param millis the time to live
     */
    static RedisFuture<Long> store(
            RedisClusterAsyncCommands<String, byte[]> commands,
            String key,
            String order,
            String generation,
            byte[] envelope,
            long millis) {
        return commands.eval(
                STORE,
                ScriptOutputType.INTEGER,
                new String[] {key},
                ascii(order),
                ascii(generation + "\n"),
                envelope,
                ascii(Long.toString(millis)));
    }

    /** Sends all pending entries. */
    void flush() {
        pending.keySet().forEach(this::send);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Stores an entry in place of any other; returns whether Redis has confirmed it. */
    boolean put(String key, byte[] envelope, long millis) {
        pending.remove(key);
        return link.call(
                        namespace + key,
                        commands -> commands.set(namespace + key, envelope, SetArgs.Builder.px(millis)))
                .isPresent();
    }

    /** Deletes an entry; incomplete if it is unknown whether Redis still has it. */
    Deletion delete(String key) {
        pending.remove(key);
        return link.call(namespace + key, commands -> commands.unlink(namespace + key))
                .map(count -> new Deletion(count, true))
                .orElse(new Deletion(0, false));
    }

    boolean exists(String key) {
        return link.call(namespace + key, commands -> commands.exists(namespace + key))
                .filter(count -> count > 0)
                .isPresent();
    }

    /**
     * Deletes the keys that match, in batches so that Redis serves other clients in between. Incomplete if a part of
     * Redis is unavailable or a command fails; then the deletion ends.
     */
    Deletion deletePattern(String pattern) {
        pending.keySet().removeIf(Globs.matcher(pattern));
        RedisConnection connection = link.connection();
        if (connection == null || !connection.nodes().areComplete()) {
            return new Deletion(0, false);
        }
        ScanArgs arguments =
                ScanArgs.Builder.matches(Globs.literal(namespace) + pattern).limit(SCAN_BATCH);
        Deletion deletion = new Deletion(0, true);
        for (RedisClusterAsyncCommands<String, byte[]> node : connection.nodes().commandsOfEach()) {
            deletion = deletion.and(deleteScanned(connection, node, arguments));
            if (!deletion.isComplete()) {
                return deletion;
            }
        }
        // A failover in between leaves a node that was not scanned.
        return new Deletion(
                deletion.entries(),
                link.connection() == connection && connection.nodes().areComplete());
    }

    private Deletion deleteScanned(
            RedisConnection connection, RedisClusterAsyncCommands<String, byte[]> node, ScanArgs arguments) {
        long deleted = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        while (!cursor.isFinished()) {
            ScanCursor from = cursor;
            Optional<KeyScanCursor<String>> found = callSlow(connection, () -> node.scan(from, arguments));
            Optional<Long> count = found.flatMap(batch -> unlink(connection, batch.getKeys()));
            if (count.isEmpty()) {
                return new Deletion(deleted, false);
            }
            deleted += count.get();
            cursor = found.orElseThrow();
        }
        return new Deletion(deleted, true);
    }

    private Optional<Long> unlink(RedisConnection connection, List<String> keys) {
        return keys.isEmpty()
                ? Optional.of(0L)
                : callSlow(connection, () -> connection.commands().unlink(keys.toArray(String[]::new)));
    }

    /** With a longer timeout than a reader can wait: a batch of a deletion takes Redis some milliseconds. */
    private <R> Optional<R> callSlow(RedisConnection connection, Supplier<RedisFuture<R>> command) {
        return link.call(connection, RedisNodes.KEYLESS, BATCH_TIMEOUT, command);
    }
}
