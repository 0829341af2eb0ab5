package dealbrain.caching;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A pair of connections: one for commands, one for messages (pub/sub). Neither reconnects by itself, as commands
 * queued for a reconnect would arrive late, at an unknown time. {@link RedisLink} replaces a lost pair, and one that
 * does not reach all masters of a cluster.
 */
final class RedisConnection {
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int REQUEST_QUEUE_SIZE = 10_000;

    /** Writes commands that are sent at almost the same time together: one system call, and one wake-up of Redis. */
    private static final class ConsolidatedWrites implements NettyCustomizer {
        @Override
        public void afterChannelInitialized(Channel channel) {
            channel.pipeline()
                    .addFirst(new FlushConsolidationHandler(
                            FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
        }
    }

    private final StatefulConnection<String, byte[]> connection;
    private final RedisNodes nodes;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final StatefulRedisPubSubConnection<String, String> messages;

    private RedisConnection(
            StatefulConnection<String, byte[]> connection,
            RedisNodes nodes,
            RedisClusterAsyncCommands<String, byte[]> commands,
            StatefulRedisPubSubConnection<String, String> messages) {
        this.connection = connection;
        this.nodes = nodes;
        this.commands = commands;
        this.messages = messages;
    }

    /**
     * Returns resources with two threads, which are enough for two connections. By default Lettuce starts one for each
     * processor.
     */
    static ClientResources resources() {
        return DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .nettyCustomizer(new ConsolidatedWrites())
                .build();
    }

    /** Creates a client that is not connected yet. */
    static AbstractRedisClient client(RedisUrl url, ClientResources resources) {
        url.uris().forEach(uri -> uri.setTimeout(CONNECT_TIMEOUT));
        if (url.isCluster()) {
            RedisClusterClient client = RedisClusterClient.create(resources, url.uris());
            client.setOptions(clusterOptions());
            return client;
        }
        RedisClient client = RedisClient.create(resources, url.uris().getFirst());
        client.setOptions(options());
        return client;
    }

    private static ClientOptions options() {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(REQUEST_QUEUE_SIZE)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .tcpNoDelay(true)
                        .build())
                .build();
    }

    /**
     * The topology is read again when a connection is opened, and by Lettuce when a reply shows that it is outdated. A
     * node that the cluster has marked as failed is left out: otherwise it would be waited for at each attempt.
     */
    private static ClusterClientOptions clusterOptions() {
        return ClusterClientOptions.builder(options())
                .nodeFilter(
                        node -> !node.is(NodeFlag.FAIL) && !node.is(NodeFlag.NOADDR) && !node.is(NodeFlag.HANDSHAKE))
                .build();
    }

    /**
     * Opens both connections. Some nodes of a cluster may be suspended.
     *
     * @throws io.lettuce.core.RedisException a connection cannot be opened within about a second, or no node of a
     *     cluster can be reached
     */
    static RedisConnection open(AbstractRedisClient client) {
        if (client instanceof RedisClusterClient cluster) {
            cluster.refreshPartitions(); // a slot may have moved to another node
            StatefulRedisClusterConnection<String, byte[]> connection = cluster.connect(CODEC);
            return complete(connection, () -> RedisNodes.of(connection), connection.async(), cluster::connectPubSub);
        }
        StatefulRedisConnection<String, byte[]> connection = ((RedisClient) client).connect(CODEC);
        return complete(
                connection,
                () -> RedisNodes.of(connection.async()),
                connection.async(),
                ((RedisClient) client)::connectPubSub);
    }

    private static RedisConnection complete(
            StatefulConnection<String, byte[]> connection,
            Supplier<RedisNodes> nodes,
            RedisClusterAsyncCommands<String, byte[]> commands,
            Supplier<? extends StatefulRedisPubSubConnection<String, String>> messages) {
        try {
            RedisNodes reached = nodes.get();
            if (reached.areAllSuspended()) {
                throw new RedisConnectionException("no master of the cluster can be reached");
            }
            return new RedisConnection(connection, reached, commands, messages.get());
        } catch (RuntimeException e) {
            var _ = connection.closeAsync();
            throw e;
        }
    }

    /**
     * Waits for a result; null only if the result is.
     *
     * @throws RedisException the command failed, timed out, or the thread was interrupted
     */
    static <T> T await(Future<T> result, Duration timeout) {
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RedisException cause ? cause : new RedisException(e.getCause());
        } catch (TimeoutException e) {
            throw new RedisCommandTimeoutException("no reply within " + timeout.toMillis() + " ms");
        }
    }

    /** Calls {@code action} when one of the two connections is lost. */
    void onDisconnect(Runnable action) {
        RedisConnectionStateListener listener = new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                action.run();
            }
        };
        connection.addListener(listener);
        messages.addListener(listener);
    }

    RedisNodes nodes() {
        return nodes;
    }

    RedisClusterAsyncCommands<String, byte[]> commands() {
        return commands;
    }

    StatefulRedisPubSubConnection<String, String> messages() {
        return messages;
    }

    boolean isOpen() {
        return connection.isOpen() && messages.isOpen();
    }

    /** Closes both connections without waiting. */
    void close() {
        var _ = connection.closeAsync();
        var _ = messages.closeAsync();
    }
}
