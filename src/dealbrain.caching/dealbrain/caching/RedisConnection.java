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
 * One connection for commands and one for messages. They do not connect again by themselves: commands that wait in a queue for
 * that would come late, and nobody would know when. Who has lost one makes another.
 */
final class RedisConnection {
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 10_000;

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

    /** Two threads are enough for two connections; by itself Lettuce takes one for each processor, and waits two seconds to end them. */
    static ClientResources resources() {
        return DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
    }

    /** A client that does not connect yet. */
    static AbstractRedisClient client(RedisUrl url, ClientResources resources) {
        url.uris().forEach(uri -> uri.setTimeout(CONNECT));
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
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .tcpNoDelay(true)
                        .build())
                .build();
    }

    /**
     * Connects.
     *
     * @throws io.lettuce.core.RedisException it is not possible within about a second for each of the two
     */
    static RedisConnection open(AbstractRedisClient client) {
        if (client instanceof RedisClusterClient cluster) {
            cluster.refreshPartitions(); // what failed may have moved
            StatefulRedisClusterConnection<String, byte[]> connection = cluster.connect(CODEC);
            return with(connection, connection.async(), () -> {
                connectToAll(connection);
                return cluster.connectPubSub();
            });
        }
        StatefulRedisConnection<String, byte[]> connection = ((RedisClient) client).connect(CODEC);
        return with(connection, connection.async(), ((RedisClient) client)::connectPubSub);
    }

    /** By itself Lettuce connects to a node at the first command for it, and meanwhile rejects that and those that follow. */
    private static void connectToAll(StatefulRedisClusterConnection<String, byte[]> connection) {
        CompletableFuture<?>[] nodes = connection.getPartitions().stream()
                .filter(node -> node.getRole().isUpstream())
                .map(node -> connection.getConnectionAsync(
                        node.getUri().getHost(), node.getUri().getPort()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(nodes)
                .orTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static RedisConnection with(
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

    /** Calls when one of the two is gone. */
    void whenLost(Runnable lost) {
        RedisConnectionStateListener listener = new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> gone) {
                lost.run();
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

    /** Does not wait. */
    void close() {
        var _ = connection.closeAsync();
        var _ = messages.closeAsync();
    }
}
