package dealbrain.caching;

import io.lettuce.core.RedisURI;
import java.util.Arrays;
import java.util.List;

/**
 * The address of Redis: {@code redis://[user:password@]host:port[/database]}, {@code rediss://} for TLS,
 * {@code redis-sentinel://[password@]host:port,host:port[/database]#master}, or for a cluster
 * {@code redis-cluster://[user:password@]host:port,host:port} (and {@code rediss-cluster://}).
 */
public final class RedisUrl {
    private final List<RedisURI> uris;
    private final boolean cluster;

    private RedisUrl(List<RedisURI> uris, boolean cluster) {
        this.uris = uris;
        this.cluster = cluster;
    }

    /**
     * Parses a URL.
     *
     * @throws IllegalArgumentException if {@code text} is invalid; the message contains no password
     */
    public static RedisUrl parse(String text) {
        try {
            return text.matches("rediss?-cluster://.+") ? cluster(text) : single(text);
        } catch (RuntimeException _) { // not the cause: its message contains the whole URL
            throw new IllegalArgumentException("must be a URL such as redis://:password@host:6379, rediss://host:6380, "
                    + "redis-sentinel://host:26379,host:26379#master or redis-cluster://host:6379,host:6379");
        }
    }

    private static RedisUrl single(String text) {
        return new RedisUrl(List.of(RedisURI.create(text)), false);
    }

    /** Returns one URL for each seed, with the same user and password, because Lettuce has no scheme for clusters. */
    private static RedisUrl cluster(String text) {
        String scheme = text.substring(0, text.indexOf("-cluster")) + "://";
        String rest = text.substring(text.indexOf("://") + 3);
        int at = rest.lastIndexOf('@');
        String credentials = rest.substring(0, at + 1);
        List<RedisURI> seeds = Arrays.stream(rest.substring(at + 1).split(","))
                .map(seed -> RedisURI.create(scheme + credentials + seed))
                .toList();
        return new RedisUrl(seeds, true);
    }

    List<RedisURI> uris() {
        return uris;
    }

    boolean isCluster() {
        return cluster;
    }

    /** Returns the address without user and password. */
    @Override
    public String toString() {
        return uris.stream()
                .map(uri -> uri.getSentinels().isEmpty()
                        ? uri.getHost() + ":" + uri.getPort()
                        : "sentinels of " + uri.getSentinelMasterId())
                .toList()
                .toString();
    }
}
