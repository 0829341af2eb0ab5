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
 * The way to Redis, with a circuit breaker in it: a command gets a few milliseconds; after some that failed in a row none is
 * sent, until a new connection has been made on which a value can be written and read. Whatever Redis does, nothing here
 * throws: it costs a warning when it begins and one when it ends, and no value in between. Safe for use by many threads.
 */
final class RedisLink implements AutoCloseable {
    /** What the breaker does. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    static final Duration BUDGET = Duration.ofMillis(25);

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final int FAILURES_TO_OPEN = 3;
    private static final Duration PROBE_EVERY = Duration.ofMillis(500);
    private static final Duration PROBE_BUDGET = Duration.ofSeconds(1);
    private static final SetArgs PROBE_TTL = SetArgs.Builder.ex(60);

    private final RedisUrl url;
    private final String namespace;
    private final Figures figures;
    private final ClientResources resources = RedisConnection.resources();
    private final AbstractRedisClient client;
    private final String sender = UUID.randomUUID().toString();
    private final Map<String, Consumer<String>> readers = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("redis").unstarted(this::watch);
    private volatile @Nullable RedisConnection current;
    private volatile boolean probing;
    private volatile boolean closed;
    private boolean warned;

    RedisLink(RedisUrl url, String namespace, Figures figures) {
        this.url = url;
        this.namespace = namespace;
        this.figures = figures;
        this.client = RedisConnection.client(url, resources);
        connect();
        thread.start();
    }

    State state() {
        return current != null ? State.CLOSED : probing ? State.HALF_OPEN : State.OPEN;
    }

    /** Sends a command and waits for its value; empty when there is none, or none in time. */
    <R> Optional<R> ask(Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<R>> command) {
        RedisConnection used = current;
        if (used == null) {
            return Optional.empty();
        }
        try {
            R value = command.apply(used.commands()).get(BUDGET.toNanos(), TimeUnit.NANOSECONDS);
            failures.set(0);
            return Optional.ofNullable(value);
        } catch (TimeoutException e) {
            figures.timeouts.increment();
            failed(used, e);
        } catch (ExecutionException e) {
            failed(used, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // a connection that is gone, a queue that is full
            failed(used, e);
        }
        return Optional.empty();
    }

    /** Sends a command whose value nobody waits for. */
    void tell(Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<?>> command) {
        RedisConnection used = current;
        if (used == null) {
            return;
        }
        try {
            command.apply(used.commands()).whenComplete((_, error) -> {
                if (error != null) {
                    failed(used, error);
                }
            });
        } catch (RuntimeException e) {
            failed(used, e);
        }
    }

    /** One that has become a replica still reads well, but takes nothing: the master is somewhere else now. */
    private void failed(RedisConnection used, Throwable reason) {
        figures.errors.increment();
        if (used == current
                && (failures.incrementAndGet() >= FAILURES_TO_OPEN || reason instanceof RedisReadOnlyException)) {
            open(used, reason.toString());
        }
    }

    /** Opens the breaker, unless somebody has done it for this connection already. */
    private synchronized void open(RedisConnection lost, String reason) {
        if (current != lost) {
            return;
        }
        current = null;
        lost.close();
        warn(reason);
        wake.release();
    }

    private synchronized void warn(String reason) {
        if (!warned && !closed) {
            warned = true;
            LOG.atWarn()
                    .addKeyValue("redis", url)
                    .addKeyValue("reason", reason)
                    .log("Redis does not answer well; going on without it");
        }
    }

    private void watch() {
        while (!closed) {
            try {
                boolean _ = wake.tryAcquire(PROBE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
                if (current == null) {
                    TimeUnit.MILLISECONDS.sleep(PROBE_EVERY.toMillis() / 2); // what is in trouble must not be hammered
                    connect();
                } else {
                    look(); // or a silence would go unnoticed
                }
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void look() {
        RedisConnection used = current;
        Optional<String> _ = ask(commands -> commands.set(probeKey(), probeValue(), PROBE_TTL));
        Optional<byte[]> read = ask(commands -> commands.get(probeKey()));
        if (used != null && read.isPresent() && !Arrays.equals(read.get(), probeValue())) {
            open(used, "it gave back another value than it was given");
        }
    }

    /** Makes a connection and lets nobody use it before it has written and read a value. */
    private void connect() {
        probing = true;
        RedisConnection made = null;
        try {
            made = RedisConnection.open(client);
            probe(made);
            use(made);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (made != null) {
                made.close();
            }
            figures.errors.increment();
            warn(e.getCause() == null ? e.toString() : e.getCause().toString());
        } finally {
            probing = false;
        }
    }

    private void probe(RedisConnection made) throws InterruptedException, ExecutionException, TimeoutException {
        made.commands().set(probeKey(), probeValue(), PROBE_TTL).get(PROBE_BUDGET.toMillis(), TimeUnit.MILLISECONDS);
        byte[] read = made.commands().get(probeKey()).get(PROBE_BUDGET.toMillis(), TimeUnit.MILLISECONDS);
        if (!Arrays.equals(read, probeValue())) {
            throw new IllegalStateException("Redis gave back another value than it was given");
        }
        made.messages().addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                hear(message);
            }
        });
        made.messages().async().subscribe(channel()).get(PROBE_BUDGET.toMillis(), TimeUnit.MILLISECONDS);
        made.commands()
                .get(probeKey())
                .get(BUDGET.toMillis(), TimeUnit.MILLISECONDS); // one that is slow would be given up at once
    }

    private String probeKey() {
        return namespace + "probe:" + sender;
    }

    private byte[] probeValue() {
        return sender.getBytes(StandardCharsets.US_ASCII);
    }

    private synchronized void use(RedisConnection made) {
        if (closed) {
            made.close();
            return;
        }
        failures.set(0);
        current = made;
        made.whenLost(() -> open(made, "the connection was lost"));
        if (!made.isOpen()) {
            open(made, "the connection was lost");
        } else if (warned) {
            warned = false;
            LOG.atWarn().addKeyValue("redis", url).log("Redis answers again");
        }
    }

    private String channel() {
        return namespace + "news";
    }

    /** Says something to the other programs that share this Redis. Whether and when they hear it is not certain. */
    void publish(String topic, String text) {
        tell(commands ->
                commands.publish(channel(), (sender + " " + topic + " " + text).getBytes(StandardCharsets.UTF_8)));
    }

    /** What to do when another program says something; it must not block. */
    void subscribe(String topic, Consumer<String> reader) {
        readers.put(topic, reader);
    }

    private void hear(String message) {
        String[] parts = message.split(" ", 3);
        Consumer<String> reader = parts.length == 3 && !parts[0].equals(sender) ? readers.get(parts[1]) : null;
        if (reader != null) {
            reader.accept(parts[2]);
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
