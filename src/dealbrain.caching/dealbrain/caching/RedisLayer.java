package dealbrain.caching;

import dealbrain.changes.Stamp;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The entries in Redis, each under the namespace and its key.
 *
 * <p>Entries are stored in the background: the reader that loaded a value does not wait for Redis. That is safe because
 * each entry is validated when it is used, so a late store does no harm (decision 0009). {@link #pending} holds an
 * entry until its command is sent. It guarantees that no entry of a key is skipped, so that the script can choose the
 * latest. It also guarantees that a deletion cancels or follows every store that was requested before it.
 *
 * <p>Never throws because of Redis, see {@link RedisLink}. Thread-safe.
 */
final class RedisLayer {
    /**
     * Stores an entry unless Redis has a later one of the same database. Otherwise a slow reader, or a delayed
     * command, would replace an entry that was loaded after its own.
     */
    private static final String STORE = """
            local head = redis.call('GETRANGE', KEYS[1], 0, 20 + #ARGV[2])
            if string.sub(head, 22) == ARGV[2] and string.sub(head, 1, 20) > ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
            return 1
            """;

    private static final int SCAN_BATCH = 500;
    /** After this many misses in a row, only one lookup in {@link #SAMPLE} queries Redis. */
    private static final int MAX_MISSES = 64;

    private static final int SAMPLE = 8;

    private final RedisLink link;
    private final String namespace;
    private final CacheCounters counters;
    private final ConcurrentMap<String, PendingStore> pending = new ConcurrentHashMap<>();
    private final AtomicInteger missesInARow = new AtomicInteger();

    /** An entry whose command has not been sent. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record PendingStore(CacheEntry<?> entry, byte[] value, long millis) {}

    RedisLayer(RedisLink link, String namespace, CacheCounters counters) {
        this.link = link;
        this.namespace = namespace;
        this.counters = counters;
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
        } else if (link.state() == RedisLink.State.CLOSED && missesInARow.get() < MAX_MISSES) {
            missesInARow.incrementAndGet();
        }
    }

    /** Finds an entry, current or not. Deletes a malformed one. */
    <T> Optional<CacheEntry<T>> find(String key, CacheType<T> type) {
        return link.call(commands -> commands.get(namespace + key)).flatMap(bytes -> read(key, bytes, type));
    }

    private <T> Optional<CacheEntry<T>> read(String key, byte[] bytes, CacheType<T> type) {
        try {
            return Envelope.read(bytes, type);
        } catch (Envelope.UnreadableException _) {
            counters.unreadable.increment();
            link.callAsync(commands -> commands.unlink(namespace + key));
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
        Thread.startVirtualThread(() -> send(key));
    }

    /** Sends the pending entry of a key, if there is one. */
    private void send(String key) {
        // The command is sent while the map holds the lock of the key. A concurrent deletion first removes the pending
        // entry. If it finds the entry, the entry is never sent. Otherwise it waits for the lock, and its command
        // follows this one on the same connection.
        pending.computeIfPresent(key, (_, each) -> {
            Stamp stamp = each.entry().stamp();
            byte[] envelope = Envelope.write(each.entry(), each.value());
            link.callAsync(commands -> commands.eval(
                    STORE,
                    ScriptOutputType.INTEGER,
                    new String[] {namespace + key},
                    ascii(Envelope.order(stamp)),
                    ascii(stamp.generation() + "\n"),
                    envelope,
                    ascii(Long.toString(each.millis()))));
            return null; // no longer pending
        });
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
        return link.call(commands -> commands.set(namespace + key, envelope, SetArgs.Builder.px(millis)))
                .isPresent();
    }

    boolean delete(String key) {
        pending.remove(key);
        return link.call(commands -> commands.unlink(namespace + key))
                .filter(count -> count > 0)
                .isPresent();
    }

    boolean exists(String key) {
        return link.call(commands -> commands.exists(namespace + key))
                .filter(count -> count > 0)
                .isPresent();
    }

    /** Deletes the keys that match, in batches so that Redis serves other clients in between; returns how many. */
    long deletePattern(String pattern) {
        pending.keySet().removeIf(Globs.matcher(pattern));
        ScanArgs arguments =
                ScanArgs.Builder.matches(Globs.literal(namespace) + pattern).limit(SCAN_BATCH);
        long deleted = 0;
        Optional<KeyScanCursor<String>> cursor = link.call(commands -> commands.scan(arguments));
        while (cursor.isPresent()) {
            KeyScanCursor<String> found = cursor.get();
            List<String> keys = found.getKeys();
            if (!keys.isEmpty()) {
                deleted += link.call(commands -> commands.unlink(keys.toArray(String[]::new)))
                        .orElse(0L);
            }
            cursor = found.isFinished() ? Optional.empty() : link.call(commands -> commands.scan(found, arguments));
        }
        return deleted;
    }
}
