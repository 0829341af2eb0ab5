package dealbrain.caching;

import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of Redis: {@code redis://[user:password@]host:port[/database]}, {@code rediss://} for TLS,
 * {@code redis-sentinel://[user:password@]host:port,host:port[/database]#master}, or for a cluster
 * {@code redis-cluster://[user:password@]host:port,host:port} (and {@code rediss-…} of both).
 */
public final class RedisUrl {
    private static final String RULE = "must be a URL such as redis://:password@host:6379, rediss://host:6380, "
            + "redis-sentinel://host:26379,host:26379#master or redis-cluster://host:6379,host:6379";
    private static final Pattern FORM = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://"
            + "(?<credentials>[^/?#]*@)?(?<hosts>[^/?#@]*)(?<database>/\\d{0,5})?(?:\\?(?<query>[^#@]*))?"
            + "(?<master>#[^@]+)?");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+])(:\\d{1,5})?");
    private static final Set<String> SCHEMES = Set.of(
            "redis",
            "rediss",
            "redis+ssl",
            "redis+tls",
            "redis-sentinel",
            "rediss-sentinel",
            "redis-cluster",
            "rediss-cluster");
    private static final Set<String> PARAMETERS =
            Set.of("database", "db", "clientname", "libraryname", "libraryversion", "verifypeer", "sentinelmasterid");
    private static final Map<String, String> ADVICE = Map.of(
            "ssl", "use rediss:// for TLS",
            "tls", "use rediss:// for TLS",
            "ssl_cert_reqs", "use verifyPeer=NONE, CA or FULL",
            "timeout", "dealbrain has timeouts of its own",
            "password", "write user and password before the host",
            "user", "write user and password before the host",
            "username", "write user and password before the host");

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
        String url = text.strip();
        if (url.matches("(?s)(redis|rediss)?[-+]?(socket|unix)://.*")) {
            throw invalid("because Unix sockets are not supported: use redis://127.0.0.1:6379 for this machine");
        }
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            throw invalid(
                    url.matches("(?s)[\"'`\u2018-\u201f].*")
                            ? "without the quotes around it"
                            : "with '/', '?', '#' and '@' in user and password percent-encoded");
        }
        String scheme = form.group("scheme").toLowerCase(Locale.ROOT);
        requireScheme(scheme);
        requireParameters(group(form, "query"));
        String[] hosts = form.group("hosts").split(",", -1);
        requireHosts(scheme, hosts);
        boolean cluster = scheme.endsWith("-cluster");
        boolean sentinel = scheme.endsWith("-sentinel");
        if (form.group("master") != null && !sentinel) {
            throw invalid("with '#' in user and password percent-encoded");
        }
        if (cluster && group(form, "database").length() > 1) {
            throw invalid("without a database, which a cluster does not have");
        }
        try {
            return cluster ? cluster(form, scheme, hosts) : single(form, scheme);
        } catch (RuntimeException _) { // not the cause: its message contains the whole URL
            throw invalid(
                    sentinel ? "with the name of the master after '#'" : "with a valid port and valid parameters");
        }
    }

    private static void requireScheme(String scheme) {
        if (!SCHEMES.contains(scheme)) {
            throw invalid("but it starts with " + scheme + "://");
        }
    }

    private static void requireParameters(String query) {
        for (String parameter : query.split("&", -1)) {
            String name = parameter.replaceFirst("=.*", "");
            String known = name.toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !PARAMETERS.contains(known)) {
                throw new IllegalArgumentException("has the parameter " + name + ", which is not supported: "
                        + ADVICE.getOrDefault(
                                known, "the parameters are verifyPeer, database, clientName and sentinelMasterId"));
            }
        }
    }

    private static void requireHosts(String scheme, String... hosts) {
        if (!Arrays.stream(hosts).allMatch(host -> HOST.matcher(host).matches())) {
            throw invalid("but a host or port is invalid");
        }
        if (hosts.length > 1 && !scheme.contains("-")) {
            throw invalid("because several hosts need redis-sentinel:// or redis-cluster://");
        }
    }

    private static String group(Matcher form, String name) {
        return Objects.requireNonNullElse(form.group(name), "");
    }

    private static RedisUrl single(Matcher form, String scheme) {
        String rest = form.group().substring(form.group("scheme").length());
        boolean emptyDatabase = group(form, "database").equals("/"); // which Lettuce does not accept
        RedisURI uri = RedisURI.create(scheme + (emptyDatabase ? rest.replaceFirst("/(?=$|[?#])", "") : rest));
        if (uri.getSentinels().isEmpty()) {
            correctHost(uri, form.group("hosts"));
        }
        return new RedisUrl(List.of(uri), false);
    }

    /** Lettuce reads the port as a part of a host name with an underscore, as Docker Compose creates them. */
    private static void correctHost(RedisURI uri, String host) {
        int colon = host.lastIndexOf(':');
        if (host.contains("_") && colon > 0) {
            uri.setHost(host.substring(0, colon));
            uri.setPort(Integer.parseInt(host.substring(colon + 1)));
        }
    }

    /** Returns one URL for each seed, with the same user and password, because Lettuce has no scheme for clusters. */
    private static RedisUrl cluster(Matcher form, String scheme, String... hosts) {
        String start = scheme.replace("-cluster", "") + "://" + group(form, "credentials");
        String query = form.group("query") == null ? "" : "?" + form.group("query");
        List<RedisURI> seeds = new ArrayList<>();
        for (String host : hosts) {
            RedisURI seed = RedisURI.create(start + host + query);
            correctHost(seed, host);
            seeds.add(seed);
        }
        return new RedisUrl(List.copyOf(seeds), true);
    }

    private static IllegalArgumentException invalid(String detail) {
        return new IllegalArgumentException(RULE + ", " + detail);
    }

    /**
     * Returns this URL with the user and password of the sentinels themselves. Those in the URL are for the servers.
     *
     * @param user empty for the default user
     */
    public RedisUrl withSentinelPassword(Optional<String> user, String password) {
        uris.stream()
                .flatMap(uri -> uri.getSentinels().stream())
                .forEach(sentinel -> sentinel.setAuthentication(user.orElse(null), password.toCharArray()));
        return this;
    }

    /** Returns whether the address of the server comes from sentinels. */
    public boolean hasSentinels() {
        return uris.stream().anyMatch(uri -> !uri.getSentinels().isEmpty());
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
