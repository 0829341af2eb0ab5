package dealbrain.caching;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

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

    /**
     * @param key   the prefix of the keys that it writes
     * @param value different from that of all other instances
     */
    RedisProbe(String key, String channel, String value) {
        this.key = key;
        this.channel = channel;
        this.value = value.getBytes(StandardCharsets.US_ASCII);
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
            RedisConnection.await(node.scan(ScanArgs.Builder.matches(key).limit(1)), TIMEOUT);
        }
        RedisConnection.await(opened.messages().async().subscribe(channel), TIMEOUT);
        RedisConnection.await(opened.commands().publish(channel, value), TIMEOUT);
    }

    private void probeKey(RedisClusterAsyncCommands<String, byte[]> commands, String nodeKey) {
        RedisConnection.await(RedisLayer.store(commands, nodeKey, "0", "probe", value, 60_000), TIMEOUT);
        byte[] read = RedisConnection.await(commands.get(nodeKey), TIMEOUT);
        if (!isOwn(read)) {
            throw new RedisException("Redis returned another value than the one that was written");
        }
        RedisConnection.await(commands.exists(nodeKey), TIMEOUT);
        RedisConnection.await(commands.unlink(nodeKey), TIMEOUT);
        // Within the timeout of a command this time: a slower server would be suspended again at once.
        RedisConnection.await(commands.get(nodeKey), RedisLink.TIMEOUT);
    }

    boolean isOwn(byte[] read) {
        return Arrays.equals(read, value);
    }

    byte[] value() {
        return value.clone();
    }
}
