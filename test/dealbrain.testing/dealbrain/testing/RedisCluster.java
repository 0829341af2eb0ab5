package dealbrain.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Redis Cluster of processes, with three masters that share the hash slots, and a replica of each or none. It detects
 * a lost node after a second. Slots without a node do not affect the others.
 */
public final class RedisCluster implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final String[] OPTIONS = {
        "--cluster-enabled", "yes",
        "--cluster-node-timeout", "1000",
        "--cluster-require-full-coverage", "no",
        "--cluster-replica-validity-factor", "0" // a replica that a busy machine has delayed takes over nevertheless
    };

    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisCluster() {}

    public static RedisCluster withoutReplicas() {
        return start(MASTERS);
    }

    public static RedisCluster withReplicas() {
        return start(2 * MASTERS);
    }

    private static RedisCluster start(int size) {
        RedisCluster cluster = new RedisCluster();
        try {
            for (int i = 0; i < size; i++) {
                cluster.nodes.add(RedisServer.start(OPTIONS));
            }
            cluster.join();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void join() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
            nodes.getFirst()
                    .command(
                            "CLUSTER",
                            "MEET",
                            Loopback.HOST,
                            String.valueOf(nodes.get(i).port()));
        }
        Await.until("all nodes know each other", () -> nodes.stream().allMatch(this::knowsAll));
        for (int i = 0; i < MASTERS; i++) {
            nodes.get(i)
                    .command(
                            "CLUSTER",
                            "ADDSLOTSRANGE",
                            String.valueOf(i * SLOTS / MASTERS),
                            String.valueOf((i + 1) * SLOTS / MASTERS - 1));
        }
        for (int i = MASTERS; i < nodes.size(); i++) {
            nodes.get(i).command("CLUSTER", "REPLICATE", nodes.get(i - MASTERS).command("CLUSTER", "MYID"));
        }
        Await.until("the cluster is complete", () -> nodes.stream().allMatch(RedisCluster::seesAll));
        Await.until(
                "the replicas are synchronized",
                () -> nodes.stream()
                        .skip(MASTERS)
                        .allMatch(node -> node.command("INFO", "replication").contains("master_link_status:up")));
    }

    private boolean knowsAll(RedisServer node) {
        return node.command("CLUSTER", "INFO").contains("cluster_known_nodes:" + nodes.size());
    }

    private static boolean seesAll(RedisServer node) {
        String info = node.command("CLUSTER", "INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SLOTS);
    }

    /** Returns a URL with all nodes as seeds. */
    public String url() {
        return "redis-cluster://"
                + nodes.stream().map(node -> Loopback.HOST + ":" + node.port()).collect(Collectors.joining(","));
    }

    /** Returns the nodes that are masters now, of those that run. */
    public List<RedisServer> masters() {
        return nodes.stream()
                .filter(RedisServer::isAlive)
                .filter(node -> node.command("INFO", "replication").contains("role:master"))
                .toList();
    }

    /** Returns whether the replica of {@code lost}, one of the first masters, has become a master. */
    public boolean isReplaced(RedisServer lost) {
        RedisServer replica = nodes.get(nodes.indexOf(lost) + MASTERS);
        return replica.command("INFO", "replication").contains("role:master");
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
