package dealbrain.caching;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.resource.ClientResources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The version and configuration of a Redis server, for the check of an installation.
 *
 * @param version    such as {@code 7.0.15}; {@code unknown} if the server does not report it
 * @param policy     the value of {@code maxmemory-policy}; empty if the server refuses {@code CONFIG}
 * @param maxMemory  in bytes, {@code 0} for unlimited; empty if the server refuses {@code CONFIG}
 * @param clockAhead the clock of the server minus the clock of this machine, accurate to some milliseconds
 */
public record RedisState(String version, String policy, String maxMemory, Duration clockAhead) {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /**
     * Queries a server over a new connection. Read-only.
     *
     * @throws RedisException the server does not respond, or rejects the connection; the message is the reason and what
     *     to do
     */
    public static RedisState of(RedisUrl url) {
        ClientResources resources = RedisConnection.resources();
        AbstractRedisClient client = RedisConnection.client(url, resources);
        try {
            return of(RedisConnection.open(client));
        } catch (RuntimeException e) {
            throw new RedisException(RedisFailure.reason(e) + "; " + RedisFailure.advice(e), e);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    private static RedisState of(RedisConnection connection) {
        var commands = connection.commands();
        String version = await(commands.info("server"))
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
        Instant before = Instant.now();
        List<byte[]> time = await(commands.time());
        Instant middle = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
        Instant serverTime = Instant.ofEpochSecond(number(time.get(0)), number(time.get(1)) * 1000);
        Map<String, String> memory = memory(connection);
        return new RedisState(
                version,
                memory.getOrDefault("maxmemory-policy", ""),
                memory.getOrDefault("maxmemory", ""),
                Duration.between(middle, serverTime));
    }

    /** Returns an empty result if the server refuses CONFIG, as many hosted servers do. */
    private static Map<String, String> memory(RedisConnection connection) {
        try {
            return await(connection.commands().configGet("maxmemory*"));
        } catch (RedisException _) {
            return Map.of();
        }
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
    }

    private static <T> T await(Future<T> reply) {
        return RedisConnection.await(reply, TIMEOUT);
    }
}
