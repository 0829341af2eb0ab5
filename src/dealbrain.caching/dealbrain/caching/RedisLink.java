package dealbrain.caching;

import dealbrain.background.Worker;
import dealbrain.background.WorkerState;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.resource.ClientResources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Redis with a circuit breaker. A command has a timeout of a few milliseconds. After three failures
 * in a row, or one error reply, the breaker opens: the connection is closed and no command is sent. It closes again
 * when every command that the cache needs has succeeded over a new connection.
 *
 * <p>In a cluster, failures suspend the node. Its keys are misses, while those of the other nodes are used. Twice per
 * second a new connection is opened, and replaces this one if it reaches more of the cluster, as after a failover.
 *
 * <p>Never throws because of Redis: a failed command has no result. The log has one warning at the beginning of an
 * outage and one at its end, see {@link OutageLog}. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
    /** The state of the circuit breaker. */
    enum State {
        CLOSED,
        /** Some nodes of a cluster are suspended, or some hash slots have no node. */
        PARTIAL,
        OPEN,
        HALF_OPEN
    }

    static final Duration TIMEOUT = Duration.ofMillis(25);

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);
    private static final SetArgs PROBE_TTL = SetArgs.Builder.ex(60);

    private final String namespace;
    private final CacheCounters counters;
    private final Duration commandTimeout;
    private final ClientResources resources = RedisConnection.resources();
    private final AbstractRedisClient client;
    private final String sender = UUID.randomUUID().toString();
    private final RedisProbe probe;
    private final OutageLog outages;
    private final RedisMessages messages = new RedisMessages(sender, System::nanoTime);
    private final Semaphore wakeups = new Semaphore(0);
    private final Worker worker;
    /** Only the worker uses it. */
    private boolean started;
    /** Null while the breaker is open. */
    private volatile @Nullable RedisConnection current;

    /** Why Redis was not used the last time, without addresses and names. */
    private volatile String failure = "connecting";

    private volatile boolean probing = true;
    private volatile boolean closed;

    /**
     * Returns at once: the worker opens the first connection, and until then Redis is not used.
     *
     * @param commandTimeout {@link #TIMEOUT}, or longer in tests
     */
    RedisLink(RedisUrl url, String namespace, CacheCounters counters, Duration commandTimeout) {
        this.namespace = namespace;
        this.counters = counters;
        this.commandTimeout = commandTimeout;
        this.client = RedisConnection.client(url, resources);
        this.probe = new RedisProbe(probeKey(), channel(), sender, commandTimeout);
        this.outages = new OutageLog(LOG, url, System::nanoTime);
        this.worker = Worker.start("redis", this::turn);
    }

    State state() {
        RedisConnection used = current;
        if (used != null) {
            return used.nodes().areComplete() ? State.CLOSED : State.PARTIAL;
        }
        return probing ? State.HALF_OPEN : State.OPEN;
    }

    /** Returns why Redis is not used, such as {@code EVAL failed: NOPERM}; empty if all of it is used. */
    String failure() {
        return state() == State.CLOSED ? "" : failure;
    }

    /** Returns the state of the thread that checks and replaces the connection. */
    WorkerState worker() {
        return worker.state();
    }

    /** Returns the connection, for a task of several commands that must not continue over another one. */
    @Nullable
    RedisConnection connection() {
        return current;
    }

    /**
     * Sends a command for a key and waits for its result; empty if the result is null, if the command failed or timed
     * out, or if the node of the key is suspended.
     */
    <R> Optional<R> call(
            String key, Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<R>> command) {
        RedisConnection used = current;
        if (used == null) {
            return Optional.empty();
        }
        String node = used.nodes().nodeOf(key);
        return used.nodes().isUsable(node)
                ? call(used, node, commandTimeout, () -> command.apply(used.commands()))
                : Optional.empty();
    }

    /** Sends a command over this connection and waits for its result. Failures are counted for {@code node}. */
    <R> Optional<R> call(
            RedisConnection used, String node, Duration timeout, Supplier<? extends CompletionStage<R>> command) {
        try {
            R value = RedisConnection.await(command.get().toCompletableFuture(), timeout);
            used.nodes().recordSuccess(node);
            return Optional.ofNullable(value);
        } catch (RuntimeException e) { // also: the connection is closed, or its queue is full
            recordFailure(used, node, e);
            return Optional.empty();
        }
    }

    /** Sends a command for a key without waiting for its result. */
    void callAsync(String key, Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<?>> command) {
        RedisConnection used = current;
        if (used == null) {
            return;
        }
        String node = used.nodes().nodeOf(key);
        if (used.nodes().isUsable(node)) {
            callAsync(used, node, () -> command.apply(used.commands()));
        }
    }

    private void callAsync(RedisConnection used, String node, Supplier<RedisFuture<?>> command) {
        try {
            command.get().whenComplete((_, error) -> {
                if (error != null) {
                    recordFailure(used, node, error);
                }
            });
        } catch (RuntimeException e) {
            recordFailure(used, node, e);
        }
    }

    /**
     * An error reply suspends the node at once: the server has become a replica, has no memory left, or denies the
     * command to the user. It still executes other commands, whose successes would reset the count of failures.
     */
    private void recordFailure(RedisConnection used, String node, Throwable reason) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        counters.errors.increment();
        if (reason instanceof RedisCommandTimeoutException) {
            counters.timeouts.increment();
        }
        if (used == current && (used.nodes().recordFailure(node) || reason instanceof RedisCommandExecutionException)) {
            failure = RedisProbe.summary("a command", reason);
            suspend(used, node, RedisFailure.reason(reason));
        }
    }

    /** Suspends a node, and opens the breaker if no other is left, unless the connection has been replaced. */
    private synchronized void suspend(RedisConnection used, String node, String reason) {
        if (current != used) {
            return;
        }
        used.nodes().suspend(node);
        if (used.nodes().areAllSuspended()) {
            current = null;
            used.close();
        }
        beginOutage(reason);
        wakeups.release();
    }

    private void beginOutage(String reason) {
        if (!closed) {
            outages.begin(
                    current == null
                            ? "Redis unavailable: continuing without it"
                            : "Redis partly unavailable: continuing with the other nodes of the cluster",
                    reason);
        }
    }

    /** Opens the first connection. Later, checks the connection, or replaces it. */
    private void turn() throws InterruptedException {
        if (!started) {
            started = true;
            connect();
        }
        boolean _ = wakeups.tryAcquire(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        wakeups.drainPermits();
        RedisConnection used = current;
        if (used != null) {
            check(used); // without traffic a silent server would go unnoticed
        }
        if (state() == State.CLOSED) {
            outages.available();
        } else {
            // The failure may have been just now: the first probe must not follow it at once.
            TimeUnit.MILLISECONDS.sleep(PROBE_INTERVAL.toMillis() / 2);
            connect();
        }
    }

    private void check(RedisConnection used) {
        used.nodes().keyOfEach(probeKey()).forEach((node, key) -> {
            var commands = used.commands();
            Optional<String> _ = call(used, node, commandTimeout, () -> commands.set(key, probe.value(), PROBE_TTL));
            Optional<byte[]> read = call(used, node, commandTimeout, () -> commands.get(key));
            if (read.isPresent() && !probe.isOwn(read.get())) {
                suspend(used, node, "Redis returned another value than the one that was written");
            }
        });
        Optional<Long> _ = call(
                used, RedisNodes.KEYLESS, commandTimeout, () -> used.commands().publish(channel(), probe.value()));
        Optional<Void> _ = call(
                used,
                RedisNodes.MESSAGES,
                commandTimeout,
                () -> used.messages().async().subscribe(channel()));
    }

    /** Opens a connection, which is used only after it was probed. */
    private void connect() {
        probing = true;
        RedisConnection opened = null;
        try {
            opened = RedisConnection.open(client);
            probe.run(opened);
            opened.messages().addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    messages.deliver(message);
                }
            });
            use(opened);
        } catch (RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            counters.errors.increment();
            failure = RedisProbe.summary(e);
            beginOutage(RedisFailure.reason(e));
        } finally {
            probing = false;
        }
    }

    /** Uses a connection in place of the current one, unless that one reaches as much of the cluster. */
    private synchronized void use(RedisConnection opened) {
        RedisConnection replaced = current;
        boolean better = replaced == null
                || opened.nodes().areComplete()
                || opened.nodes().unavailableSlots() < replaced.nodes().unavailableSlots();
        if (closed || !better) {
            opened.close();
            return;
        }
        current = opened;
        if (replaced != null) {
            replaced.close();
        }
        opened.onDisconnect(() -> suspend(opened, RedisNodes.KEYLESS, "connection lost"));
        if (!opened.isOpen()) { // lost before the listener was added
            suspend(opened, RedisNodes.KEYLESS, "connection lost");
        } else if (opened.nodes().areComplete()) {
            outages.available();
        } else {
            beginOutage("a node does not respond, or hash slots have no node");
        }
    }

    private String probeKey() {
        return namespace + "probe:" + sender;
    }

    private String channel() {
        return namespace + "news";
    }

    /** Sends a message to the other instances that share this Redis. Delivery is not guaranteed. */
    void publish(String topic, String text) {
        RedisConnection used = current;
        if (used != null) {
            byte[] message = messages.format(topic, text).getBytes(StandardCharsets.UTF_8);
            callAsync(used, RedisNodes.KEYLESS, () -> used.commands().publish(channel(), message));
        }
    }

    /** Calls {@code subscriber} with the text of each message of another instance; it must not block. */
    void subscribe(String topic, Consumer<String> subscriber) {
        messages.subscribe(topic, subscriber);
    }

    @Override
    public void close() {
        closed = true;
        worker.close();
        current = null;
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
