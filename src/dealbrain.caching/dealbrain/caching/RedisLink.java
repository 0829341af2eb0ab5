package dealbrain.caching;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.resource.ClientResources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Redis with a circuit breaker. A command has a timeout of a few milliseconds. After several
 * failures in a row the breaker opens: the connection is closed and no command is sent. It closes again when a value
 * can be written and read over a new connection.
 *
 * <p>Never throws because of Redis: a failed command has no result. The log has one warning when the breaker opens and
 * one when it closes. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
    /** The state of the circuit breaker. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    static final Duration TIMEOUT = Duration.ofMillis(25);

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final int FAILURES_TO_OPEN = 3;
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);
    private static final SetArgs PROBE_TTL = SetArgs.Builder.ex(60);

    private final RedisUrl url;
    private final String namespace;
    private final CacheCounters counters;
    private final ClientResources resources = RedisConnection.resources();
    private final AbstractRedisClient client;
    private final String sender = UUID.randomUUID().toString();
    private final Map<String, Consumer<String>> subscribers = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Semaphore wakeups = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("redis").unstarted(this::run);
    /** Null while the breaker is open. */
    private volatile @Nullable RedisConnection current;

    private volatile boolean probing;
    private volatile boolean closed;
    private boolean warned;

    RedisLink(RedisUrl url, String namespace, CacheCounters counters) {
        this.url = url;
        this.namespace = namespace;
        this.counters = counters;
        this.client = RedisConnection.client(url, resources);
        connect();
        thread.start();
    }

    State state() {
        if (current != null) {
            return State.CLOSED;
        }
        return probing ? State.HALF_OPEN : State.OPEN;
    }

    /** Sends a command and waits for its result; empty if the result is null, if the command failed or timed out. */
    <R> Optional<R> call(Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<R>> command) {
        RedisConnection used = current;
        if (used == null) {
            return Optional.empty();
        }
        try {
            R value = command.apply(used.commands()).get(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
            failures.set(0);
            return Optional.ofNullable(value);
        } catch (TimeoutException e) {
            counters.timeouts.increment();
            recordFailure(used, e);
        } catch (ExecutionException e) {
            recordFailure(used, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // the connection is closed, or its queue is full
            recordFailure(used, e);
        }
        return Optional.empty();
    }

    /** Sends a command without waiting for its result. */
    void callAsync(Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<?>> command) {
        RedisConnection used = current;
        if (used == null) {
            return;
        }
        try {
            command.apply(used.commands()).whenComplete((_, error) -> {
                if (error != null) {
                    recordFailure(used, error);
                }
            });
        } catch (RuntimeException e) {
            recordFailure(used, e);
        }
    }

    /**
     * Opens the breaker at once if the server has become a replica: it still serves reads, but the master is elsewhere
     * now.
     */
    private void recordFailure(RedisConnection used, Throwable reason) {
        counters.errors.increment();
        if (used == current
                && (failures.incrementAndGet() >= FAILURES_TO_OPEN || reason instanceof RedisReadOnlyException)) {
            openBreaker(used, reason.toString());
        }
    }

    /** Opens the breaker unless it is already open for this connection. */
    private synchronized void openBreaker(RedisConnection lost, String reason) {
        if (current != lost) {
            return;
        }
        current = null;
        lost.close();
        warn(reason);
        wakeups.release();
    }

    private synchronized void warn(String reason) {
        if (!warned && !closed) {
            warned = true;
            LOG.atWarn()
                    .addKeyValue("redis", url)
                    .addKeyValue("reason", reason)
                    .log("Redis unavailable: continuing without it");
        }
    }

    private void run() {
        while (!closed) {
            try {
                boolean _ = wakeups.tryAcquire(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                wakeups.drainPermits();
                if (current == null) {
                    // The breaker was opened just now: the first probe must not follow the failure at once.
                    TimeUnit.MILLISECONDS.sleep(PROBE_INTERVAL.toMillis() / 2);
                    connect();
                } else {
                    checkConnection(); // without traffic a silent server would go unnoticed
                }
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void checkConnection() {
        RedisConnection used = current;
        Optional<String> _ = call(commands -> commands.set(probeKey(), probeValue(), PROBE_TTL));
        Optional<byte[]> read = call(commands -> commands.get(probeKey()));
        if (used != null && read.isPresent() && !Arrays.equals(read.get(), probeValue())) {
            openBreaker(used, "Redis returned another value than the one that was written");
        }
    }

    /** Opens a connection, which is used only after a value was written and read over it. */
    private void connect() {
        probing = true;
        RedisConnection opened = null;
        try {
            opened = RedisConnection.open(client);
            probe(opened);
            closeBreaker(opened);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            counters.errors.increment();
            warn(e.getCause() == null ? e.toString() : e.getCause().toString());
        } finally {
            probing = false;
        }
    }

    private void probe(RedisConnection opened) throws InterruptedException, ExecutionException, TimeoutException {
        opened.commands().set(probeKey(), probeValue(), PROBE_TTL).get(PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        byte[] read = opened.commands().get(probeKey()).get(PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        if (!Arrays.equals(read, probeValue())) {
            throw new IllegalStateException("Redis returned another value than the one that was written");
        }
        opened.messages().addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                deliver(message);
            }
        });
        opened.messages().async().subscribe(channel()).get(PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        // Within the timeout of a command this time: a slower server would open the breaker again at once.
        opened.commands().get(probeKey()).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private String probeKey() {
        return namespace + "probe:" + sender;
    }

    private byte[] probeValue() {
        return sender.getBytes(StandardCharsets.US_ASCII);
    }

    private synchronized void closeBreaker(RedisConnection opened) {
        if (closed) {
            opened.close();
            return;
        }
        failures.set(0);
        current = opened;
        opened.onDisconnect(() -> openBreaker(opened, "connection lost"));
        if (!opened.isOpen()) { // lost before the listener was added
            openBreaker(opened, "connection lost");
        } else if (warned) {
            warned = false;
            LOG.atWarn().addKeyValue("redis", url).log("Redis available again");
        }
    }

    private String channel() {
        return namespace + "news";
    }

    /** Sends a message to the other instances that share this Redis. Delivery is not guaranteed. */
    void publish(String topic, String text) {
        callAsync(commands ->
                commands.publish(channel(), (sender + " " + topic + " " + text).getBytes(StandardCharsets.UTF_8)));
    }

    /** Calls {@code subscriber} with the text of each message of another instance; it must not block. */
    void subscribe(String topic, Consumer<String> subscriber) {
        subscribers.put(topic, subscriber);
    }

    private void deliver(String message) {
        String[] parts = message.split(" ", 3);
        Consumer<String> subscriber = parts.length == 3 && !parts[0].equals(sender) ? subscribers.get(parts[1]) : null;
        if (subscriber != null) {
            subscriber.accept(parts[2]);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        current = null;
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
