package dealbrain.caching;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A pair of connections: one for commands, one for messages (pub/sub). Neither reconnects by itself, as commands
 * queued for a reconnect would arrive late, at an unknown time. {@link RedisLink} replaces a lost pair.
 */
final class RedisConnection {
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int REQUEST_QUEUE_SIZE = 10_000;

    private final StatefulConnection<String, byte[]> connection;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final StatefulRedisPubSubConnection<String, String> messages;

    private RedisConnection(
            StatefulConnection<String, byte[]> connection,
            RedisClusterAsyncCommands<String, byte[]> commands,
            StatefulRedisPubSubConnection<String, String> messages) {
        this.connection = connection;
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
                .build();
    }

    /** Creates a client that is not connected yet. */
    static AbstractRedisClient client(RedisUrl url, ClientResources resources) {
        url.uris().forEach(uri -> uri.setTimeout(CONNECT_TIMEOUT));
        if (url.isCluster()) {
            RedisClusterClient client = RedisClusterClient.create(resources, url.uris());
            client.setOptions(ClusterClientOptions.builder(options()).build());
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
     * Opens both connections.
     *
     * @throws io.lettuce.core.RedisException a connection cannot be opened within about a second
     */
    static RedisConnection open(AbstractRedisClient client) {
        if (client instanceof RedisClusterClient cluster) {
            cluster.refreshPartitions(); // a slot may have moved to another node
            StatefulRedisClusterConnection<String, byte[]> connection = cluster.connect(CODEC);
            return withMessages(connection, connection.async(), () -> {
                connectToAll(connection);
                return cluster.connectPubSub();
            });
        }
        StatefulRedisConnection<String, byte[]> connection = ((RedisClient) client).connect(CODEC);
        return withMessages(connection, connection.async(), ((RedisClient) client)::connectPubSub);
    }

    /**
     * Connects to all nodes. By default Lettuce connects to a node at the first command for it, and rejects commands
     * until it is connected.
     */
    private static void connectToAll(StatefulRedisClusterConnection<String, byte[]> connection) {
        CompletableFuture<?>[] nodes = connection.getPartitions().stream()
                .filter(node -> node.getRole().isUpstream())
                .map(node -> connection.getConnectionAsync(
                        node.getUri().getHost(), node.getUri().getPort()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(nodes)
                .orTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static RedisConnection withMessages(
            StatefulConnection<String, byte[]> connection,
            RedisClusterAsyncCommands<String, byte[]> commands,
            Supplier<? extends StatefulRedisPubSubConnection<String, String>> messages) {
        try {
            return new RedisConnection(connection, commands, messages.get());
        } catch (RuntimeException e) {
            var _ = connection.closeAsync();
            throw e;
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
