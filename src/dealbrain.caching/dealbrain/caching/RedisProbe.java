package dealbrain.caching;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;

/**
 * Executes every command that the cache needs, over a connection that is not used yet. So a Redis whose user may not
 * execute one of them, or that has no memory left, is not used at all: it would fail at each use, and the log would
 * report that it is unavailable and available again, without end.
 */
final class RedisProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final String key;
    private final String channel;
    private final byte[] value;
    private final Duration commandTimeout;

    /**
     * @param key   the prefix of the keys that it writes
     * @param value different from that of all other instances
     */
    RedisProbe(String key, String channel, String value, Duration commandTimeout) {
        this.key = key;
        this.channel = channel;
        this.commandTimeout = commandTimeout;
        this.value = value.getBytes(StandardCharsets.US_ASCII);
    }

    /** A command failed. */
    static final class FailedException extends RedisException {
        private static final long serialVersionUID = 1;

        private final String summary;

        FailedException(String command, RedisException cause) {
            super(command + " failed: " + cause.getMessage(), cause);
            this.summary = RedisProbe.summary(command, cause);
        }

        /** Returns the command and the kind of the error, without the names that are in the message of Redis. */
        String summary() {
            return summary;
        }
    }

    /** Returns why a connection could not be opened or used, without the names that are in the message of Redis. */
    static String summary(RuntimeException failure) {
        if (failure instanceof FailedException failed) {
            return failed.summary();
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RedisCommandExecutionException) {
                return summary("AUTH", each);
            }
        }
        return "it cannot be reached";
    }

    /** Returns such as {@code EVAL failed: NOPERM}. The first word of an error reply is its kind. */
    static String summary(String command, Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        boolean isReply = failure instanceof RedisCommandExecutionException && message.matches("(?s)[A-Z]{2,20}\\b.*");
        return command + " failed: " + (isReply ? message.replaceFirst("(?s)\\b[^A-Z].*", "") : "no reply in time");
    }

    /**
     * Suspends the nodes that fail, and subscribes to the channel.
     *
     * @throws RedisException no node is left, a node denies {@code SCAN}, or messages fail
     */
    void run(RedisConnection opened) {
        RedisNodes nodes = opened.nodes();
        nodes.keyOfEach(key).forEach((node, nodeKey) -> {
            try {
                probeKey(opened.commands(), nodeKey);
            } catch (RedisException e) {
                nodes.suspend(node);
                if (nodes.areAllSuspended()) {
                    throw e;
                }
            }
        });
        for (RedisClusterAsyncCommands<String, byte[]> node : nodes.commandsOfEach()) {
            await("SCAN", node.scan(ScanArgs.Builder.matches(key).limit(1)));
        }
        await("SUBSCRIBE", opened.messages().async().subscribe(channel));
        await("PUBLISH", opened.commands().publish(channel, value));
    }

    private void probeKey(RedisClusterAsyncCommands<String, byte[]> commands, String nodeKey) {
        await("SET", commands.set(nodeKey, value, SetArgs.Builder.px(60_000)));
        await("GETRANGE", commands.getrange(nodeKey, 0, 1));
        await("EVAL", RedisLayer.store(commands, nodeKey, "0", "probe", value, 60_000));
        byte[] read = await("GET", commands.get(nodeKey));
        if (!isOwn(read)) {
            throw new RedisException("Redis returned another value than the one that was written");
        }
        await("EXISTS", commands.exists(nodeKey));
        await("UNLINK", commands.unlink(nodeKey));
        // Within the timeout of a command this time: a slower server would be suspended again at once.
        RedisConnection.await(commands.get(nodeKey), commandTimeout);
    }

    private static <T> T await(String command, Future<T> reply) {
        try {
            return RedisConnection.await(reply, TIMEOUT);
        } catch (RedisException e) {
            throw new FailedException(command, e);
        }
    }

    boolean isOwn(byte[] read) {
        return Arrays.equals(read, value);
    }

    byte[] value() {
        return value.clone();
    }
}
