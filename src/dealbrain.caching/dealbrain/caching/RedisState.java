package dealbrain.caching;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.resource.ClientResources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a Redis stands, for whoever examines an installation.
 *
 * @param version    as the server says it, {@code 7.0.15}
 * @param policy     of {@code maxmemory-policy}; empty where it does not tell
 * @param maxMemory  in bytes, {@code 0} for as much as there is; empty where it does not tell
 * @param clockAhead how far the server's clock is before ours, to some milliseconds
 */
public record RedisState(String version, String policy, String maxMemory, Duration clockAhead) {
    private static final int SECONDS = 2;

    /**
     * Looks, over a connection of its own, and changes nothing.
     *
     * @throws RedisException it cannot be reached or refuses us
     */
    public static RedisState of(RedisUrl url) {
        ClientResources resources = RedisConnection.resources();
        AbstractRedisClient client = RedisConnection.client(url, resources);
        try {
            return of(RedisConnection.open(client));
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
        Instant theirs = Instant.ofEpochSecond(number(time.get(0)), number(time.get(1)) * 1000);
        Map<String, String> memory = memory(connection);
        return new RedisState(
                version,
                memory.getOrDefault("maxmemory-policy", ""),
                memory.getOrDefault("maxmemory", ""),
                Duration.between(middle, theirs));
    }

    /** Servers that are rented often refuse CONFIG. */
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
        try {
            return reply.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException(e);
        } catch (ExecutionException e) {
            throw new RedisException(e.getCause());
        } catch (TimeoutException e) {
            throw new RedisException("it did not answer within " + SECONDS + " seconds", e);
        }
    }
}
