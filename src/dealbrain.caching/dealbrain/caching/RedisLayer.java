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

/** The entries in Redis, each under its key behind the namespace. Never throws: see {@link RedisLink}. Safe for use by many threads. */
final class RedisLayer {
    /**
     * Stores an entry unless there is a later one of the same database: what a slow reader sends late, or Redis gets to see late,
     * must not replace what was read after it.
     */
    private static final String STORE = """
            local head = redis.call('GETRANGE', KEYS[1], 0, 20 + #ARGV[2])
            if string.sub(head, 22) == ARGV[2] and string.sub(head, 1, 20) > ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
            return 1
            """;

    private static final int SCANNED_AT_ONCE = 500;
    /** After so many reads in a row that found nothing of use, only one in some asks Redis before the database. */
    private static final int FRUITLESS = 64;

    private static final int STILL_ASKED = 8;

    private final RedisLink link;
    private final String namespace;
    private final Figures figures;
    private final ConcurrentMap<String, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicInteger fruitless = new AtomicInteger();

    /** What is about to be stored. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pending(Entry<?> entry, byte[] value, long millis) {}

    RedisLayer(RedisLink link, String namespace, Figures figures) {
        this.link = link;
        this.namespace = namespace;
        this.figures = figures;
    }

    /**
     * Whether it is worth waiting for what Redis has before something is loaded: not while it has nothing, as for pages that nobody has
     * opened before. Some are asked for all the same, and the first that is found makes it worth it again.
     */
    boolean isWorthAsking() {
        return fruitless.get() < FRUITLESS || ThreadLocalRandom.current().nextInt(STILL_ASKED) == 0;
    }

    /** Says what came of asking. */
    void asked(boolean found) {
        if (found) {
            fruitless.set(0);
        } else if (link.state() == RedisLink.State.CLOSED && fruitless.get() < FRUITLESS) {
            fruitless.incrementAndGet();
        }
    }

    /** Finds an entry, whether or not it is still true; what cannot be read is deleted. */
    <T> Optional<Entry<T>> find(String key, CacheType<T> type) {
        return link.ask(commands -> commands.get(namespace + key)).flatMap(bytes -> read(key, bytes, type));
    }

    private <T> Optional<Entry<T>> read(String key, byte[] bytes, CacheType<T> type) {
        try {
            return Envelope.read(bytes, type);
        } catch (Envelope.UnreadableException _) {
            figures.unreadable.increment();
            link.tell(commands -> commands.unlink(namespace + key));
            return Optional.empty();
        }
    }

    /** Stores an entry soon, beside whoever has it already. What is deleted before then is not stored any more. */
    void store(String key, Entry<?> entry, byte[] value, long millis) {
        send(key); // another of this key, for the script to compare
        pending.put(key, new Pending(entry, value, millis));
        Thread.startVirtualThread(() -> send(key));
    }

    /** Within the map, so that a deletion that finds nothing pending is sent after it. */
    private void send(String key) {
        pending.computeIfPresent(key, (_, each) -> {
            Stamp stamp = each.entry().stamp();
            byte[] envelope = Envelope.write(each.entry(), each.value());
            link.tell(commands -> commands.eval(
                    STORE,
                    ScriptOutputType.INTEGER,
                    new String[] {namespace + key},
                    ascii(Envelope.order(stamp)),
                    ascii(stamp.generation() + "\n"),
                    envelope,
                    ascii(Long.toString(each.millis()))));
            return null;
        });
    }

    /** Sends what is pending. */
    void flush() {
        pending.keySet().forEach(this::send);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Stores an entry whatever is there; returns whether Redis has confirmed it. */
    boolean put(String key, byte[] envelope, long millis) {
        pending.remove(key);
        return link.ask(commands -> commands.set(namespace + key, envelope, SetArgs.Builder.px(millis)))
                .isPresent();
    }

    boolean delete(String key) {
        pending.remove(key);
        return link.ask(commands -> commands.unlink(namespace + key))
                .filter(count -> count > 0)
                .isPresent();
    }

    boolean exists(String key) {
        return link.ask(commands -> commands.exists(namespace + key))
                .filter(count -> count > 0)
                .isPresent();
    }

    /** Deletes what matches, found and freed a batch at a time so that Redis serves others meanwhile; returns how many. */
    long deletePattern(String pattern) {
        pending.keySet().removeIf(Globs.matcher(pattern));
        ScanArgs arguments =
                ScanArgs.Builder.matches(Globs.literal(namespace) + pattern).limit(SCANNED_AT_ONCE);
        long deleted = 0;
        Optional<KeyScanCursor<String>> cursor = link.ask(commands -> commands.scan(arguments));
        while (cursor.isPresent()) {
            KeyScanCursor<String> found = cursor.get();
            List<String> keys = found.getKeys();
            if (!keys.isEmpty()) {
                deleted += link.ask(commands -> commands.unlink(keys.toArray(String[]::new)))
                        .orElse(0L);
            }
            cursor = found.isFinished() ? Optional.empty() : link.ask(commands -> commands.scan(found, arguments));
        }
        return deleted;
    }
}
