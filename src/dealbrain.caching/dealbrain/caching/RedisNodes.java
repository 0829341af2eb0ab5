package dealbrain.caching;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a connection that store keys: the masters of a cluster, or the only server. A node that fails is
 * suspended, so that its keys are misses at once instead of after a timeout. It stays suspended for as long as the
 * connection is used; {@link RedisLink} replaces the connection when the node or its successor is available.
 *
 * <p>Failures are counted for each node: in a cluster the successes of the others would reset a common counter.
 * Thread-safe.
 */
final class RedisNodes {
    /** Stands for the connection over which commands without a key are sent. */
    static final String KEYLESS = "keyless";
    /** Stands for the connection over which messages are received. */
    static final String MESSAGES = "messages";

    private static final String SERVER = "server";
    private static final String UNCOVERED = "uncovered";
    private static final int FAILURES_TO_SUSPEND = 3;
    /** So many keys are tried for each node until one is found that the node stores. */
    private static final int KEYS_TO_TRY = 50;

    private final @Nullable StatefulRedisClusterConnection<String, byte[]> cluster;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Set<String> suspended = ConcurrentHashMap.newKeySet();

    private RedisNodes(
            @Nullable StatefulRedisClusterConnection<String, byte[]> cluster,
            RedisClusterAsyncCommands<String, byte[]> commands) {
        this.cluster = cluster;
        this.commands = commands;
    }

    static RedisNodes of(RedisClusterAsyncCommands<String, byte[]> server) {
        return new RedisNodes(null, server);
    }

    /**
     * Connects to all masters of a cluster, and suspends those that cannot be reached. By default Lettuce connects to a
     * node at the first command for it, and rejects commands until it is connected.
     */
    static RedisNodes of(StatefulRedisClusterConnection<String, byte[]> cluster) {
        RedisNodes nodes = new RedisNodes(cluster, cluster.async());
        Map<String, CompletableFuture<?>> connections = new HashMap<>();
        nodes.masters().forEach(node -> connections.put(node.getNodeId(), connect(cluster, node)));
        try {
            RedisConnection.await(
                    CompletableFuture.allOf(connections.values().toArray(CompletableFuture[]::new)),
                    RedisConnection.CONNECT_TIMEOUT);
        } catch (RuntimeException _) { // a node that is unavailable is found below
        }
        connections.forEach((node, connection) -> {
            if (!connection.isDone() || connection.isCompletedExceptionally()) {
                nodes.suspend(node);
            }
        });
        return nodes;
    }

    private static CompletableFuture<StatefulRedisConnection<String, byte[]>> connect(
            StatefulRedisClusterConnection<String, byte[]> cluster, RedisClusterNode node) {
        RedisURI uri = node.getUri();
        return cluster.getConnectionAsync(uri.getHost(), uri.getPort());
    }

    private List<RedisClusterNode> masters() {
        return cluster == null
                ? List.of()
                : cluster.getPartitions().stream()
                        .filter(node -> node.getRole().isUpstream() && !node.hasNoSlots())
                        .toList();
    }

    /** Returns the name of the node that stores a key. */
    String nodeOf(String key) {
        return cluster == null ? SERVER : nodeOf(cluster, SlotHash.getSlot(key));
    }

    private static String nodeOf(StatefulRedisClusterConnection<String, byte[]> cluster, int slot) {
        RedisClusterNode master = cluster.getPartitions().getMasterBySlot(slot);
        return master == null ? UNCOVERED : master.getNodeId();
    }

    boolean isUsable(String node) {
        return !node.equals(UNCOVERED) && !suspended.contains(node);
    }

    /** Returns the commands of each usable node, for commands that concern one node. */
    List<RedisClusterAsyncCommands<String, byte[]>> commandsOfEach() {
        if (cluster == null) {
            return List.of(commands);
        }
        List<RedisClusterAsyncCommands<String, byte[]>> each = new ArrayList<>();
        for (RedisClusterNode node : masters()) {
            if (isUsable(node.getNodeId())) {
                each.add(RedisConnection.await(connect(cluster, node), RedisConnection.CONNECT_TIMEOUT)
                        .async());
            }
        }
        return each;
    }

    /**
     * Returns for each usable node a key that it stores. A node is missing if it stores no key with this prefix,
     * because the prefix has a part in braces.
     */
    Map<String, String> keyOfEach(String prefix) {
        if (cluster == null) {
            return Map.of(SERVER, prefix);
        }
        List<String> missing = new ArrayList<>(masters().stream()
                .map(RedisClusterNode::getNodeId)
                .filter(this::isUsable)
                .toList());
        Map<String, String> keys = new HashMap<>();
        for (int i = 0, end = missing.size() * KEYS_TO_TRY; i < end && !missing.isEmpty(); i++) {
            String key = prefix + ":" + i;
            if (missing.remove(nodeOf(key))) {
                keys.put(nodeOf(key), key);
            }
        }
        return keys;
    }

    void recordSuccess(String node) {
        AtomicInteger count = failures.get(node);
        if (count != null) {
            count.set(0);
        }
    }

    /** Returns whether the node should be suspended: it has failed several times in a row. */
    boolean recordFailure(String node) {
        return failures.computeIfAbsent(node, _ -> new AtomicInteger()).incrementAndGet() >= FAILURES_TO_SUSPEND;
    }

    void suspend(String node) {
        suspended.add(node);
    }

    /** Returns the number of hash slots whose keys cannot be stored; all of them if one server is unavailable. */
    int unavailableSlots() {
        if (suspended.contains(SERVER) || suspended.contains(KEYLESS) || suspended.contains(MESSAGES)) {
            return SlotHash.SLOT_COUNT;
        }
        return cluster == null
                ? 0
                : (int) IntStream.range(0, SlotHash.SLOT_COUNT)
                        .filter(slot -> !isUsable(nodeOf(cluster, slot)))
                        .count();
    }

    /** Returns whether all keys can be stored and no node is suspended. */
    boolean areComplete() {
        return suspended.isEmpty() && (cluster == null || coversAllSlots(cluster));
    }

    private static boolean coversAllSlots(StatefulRedisClusterConnection<String, byte[]> cluster) {
        for (int slot = 0; slot < SlotHash.SLOT_COUNT; slot++) {
            if (cluster.getPartitions().getMasterBySlot(slot) == null) {
                return false;
            }
        }
        return true;
    }

    boolean areAllSuspended() {
        return unavailableSlots() == SlotHash.SLOT_COUNT;
    }
}
