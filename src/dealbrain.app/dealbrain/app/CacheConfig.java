package dealbrain.app;

import dealbrain.caching.RedisUrl;
import java.time.Duration;
import java.util.Optional;

/**
 * The cache.
 *
 * @param redisUrl       empty for a cache in memory only
 * @param redisNamespace the prefix of all keys in Redis
 * @param memoryBytes    the maximum size of the entries in memory
 * @param lease          how long entries stay usable while the database is unavailable, and how long a change waits for
 *                       an instance that does not respond
 * @param auditInterval  one hit in this many is audited; 0 for none
 */
record CacheConfig(
        Optional<RedisUrl> redisUrl, String redisNamespace, long memoryBytes, Duration lease, int auditInterval) {
    private static final int AUDIT_INTERVAL = 1000;

    static CacheConfig from(Settings settings, Environment environment) {
        return new CacheConfig(
                redisUrl(settings),
                settings.value("DEALBRAIN_REDIS_NAMESPACE", CacheConfig::parseNamespace)
                        .orElse("dealbrain:"),
                settings.number("DEALBRAIN_CACHE_MB", 64, 1, 100_000) * 1_000_000L,
                Duration.ofMillis(settings.number("DEALBRAIN_CACHE_LEASE_MS", 2000, 200, 60_000)),
                settings.number(
                        "DEALBRAIN_CACHE_AUDIT",
                        environment == Environment.TEST ? 0 : AUDIT_INTERVAL, // tests count statements
                        0,
                        Integer.MAX_VALUE));
    }

    private static Optional<RedisUrl> redisUrl(Settings settings) {
        Optional<RedisUrl> url = settings.value("REDIS_URL", RedisUrl::parse);
        Optional<String> user = settings.text("REDIS_SENTINEL_USER");
        Optional<String> password = settings.text("REDIS_SENTINEL_PASSWORD");
        boolean unused = password.isPresent() && url.isPresent() && !url.get().hasSentinels();
        settings.require(!unused, "REDIS_SENTINEL_PASSWORD", "needs a REDIS_URL that starts with redis-sentinel://");
        settings.require(
                user.isEmpty() || password.isPresent(), "REDIS_SENTINEL_USER", "needs REDIS_SENTINEL_PASSWORD");
        return password.isPresent() ? url.map(each -> each.withSentinelPassword(user, password.get())) : url;
    }

    private static String parseNamespace(String text) {
        if (!text.matches("[A-Za-z0-9:{}._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "must be 1 to 64 of the characters A-Z a-z 0-9 : { } . _ -, was " + text);
        }
        return text;
    }
}
