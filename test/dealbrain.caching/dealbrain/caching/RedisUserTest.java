package dealbrain.caching;

import static dealbrain.caching.CacheServer.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheServer.Part;
import dealbrain.testing.Await;
import dealbrain.testing.LogLines;
import dealbrain.testing.RedisCluster;
import dealbrain.testing.RedisServer;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A user of Redis with the rights that operations.md lists, and with fewer. */
class RedisUserTest {
    private static final String NAMESPACE = "dealbrain:";

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    @RegisterExtension
    final LogLines lines = new LogLines(RedisLink.class.getName());

    /** Returns the words of the command in operations.md. */
    private static List<String> documented() {
        try (Stream<String> text = Files.lines(Path.of("docs/operations.md"))) {
            return text.filter(line -> line.startsWith("ACL SETUSER dealbrain "))
                    .map(line -> List.of(line.split(" ")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> commands() {
        return documented().stream().filter(word -> word.startsWith("+"));
    }

    private static CacheServer start(List<String> acl) {
        redis.command(acl.toArray(String[]::new));
        redis.command("ACL", "LOG", "RESET");
        return CacheServer.start(database, redis.url().replace("redis://", "redis://dealbrain:password@"), NAMESPACE);
    }

    @AfterEach
    void deleteUser() {
        redis.command("ACL", "DELUSER", "dealbrain");
    }

    @Test
    void needsNoOtherRightsThanTheDocumentedOnes() {
        try (CacheServer first = start(documented());
                CacheServer second = start(documented())) {
            CacheServer.introduce(first, second);
            Await.until(
                    "Redis is used",
                    () -> !first.cache().isDegraded() && !second.cache().isDegraded());
            Part part = CacheServer.insert(database);
            first.read(part.id());
            Await.until(
                    "the other server finds the entry",
                    () -> second.cache().get(key(part.id()), CacheServer.PART).isPresent());
            first.cache().set("each:1", CacheServer.PART, part, Duration.ofMinutes(1));
            assertTrue(second.cache().exists("each:1"));
            assertEquals(new Deletion(1, true), second.cache().deletePattern("each:*"));
            assertTrue(first.cache().delete(key(part.id())).isComplete());
            redis.command("SET", NAMESPACE + key(part.id()), "malformed");
            first.change(part.id(), "newer");
            assertEquals("newer", second.name(part.id()));
            assertFalse(first.cache().isDegraded() || second.cache().isDegraded());
            assertEquals("", first.cache().redisFailure());
        }
        assertEquals(List.of(), denied(redis.command("ACL", "LOG")));
        assertEquals(List.of(), lines.all());
    }

    @Test
    void needsTwoMoreCommandsInACluster() {
        List<String> acl = Stream.concat(documented().stream(), Stream.of("+cluster", "+info"))
                .toList();
        try (RedisCluster cluster = RedisCluster.withoutReplicas()) {
            for (RedisServer master : cluster.masters()) {
                master.command(acl.toArray(String[]::new));
            }
            String url = cluster.url().replace("://", "://dealbrain:password@");
            try (CacheServer server = CacheServer.start(database, url, NAMESPACE)) {
                Await.until("Redis is used", () -> !server.cache().isDegraded());
                Part part = CacheServer.insert(database);
                for (int i = 0; i < 60; i++) { // in different slots
                    server.cache().set("each:" + i, CacheServer.PART, part, Duration.ofMinutes(1));
                }
                assertEquals(new Deletion(60, true), server.cache().deletePattern("each:*"));
            }
            for (RedisServer master : cluster.masters()) {
                assertEquals(List.of(), denied(master.command("ACL", "LOG")));
            }
        }
    }

    /** Returns what Redis has denied, without the client's announcement of its name at the start. */
    private static List<String> denied(String log) {
        List<String> words = List.of(log.split("\n"));
        List<String> denied = new ArrayList<>();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals("object") && !words.get(i + 1).startsWith("client")) {
                denied.add(words.get(i + 1));
            }
        }
        return denied;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isNotUsedWithoutOneOfThem(String command) {
        List<String> acl =
                documented().stream().filter(word -> !word.equals(command)).toList();
        try (CacheServer server = start(acl)) {
            assertNotUsed(server, command.substring(1).toUpperCase(Locale.ROOT) + " failed: NOPERM");
            assertTrue(denied(redis.command("ACL", "LOG")).contains(command.substring(1)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "~dealbrain:*, ~other:*, SET failed: NOPERM",
        "~dealbrain:*, %R~dealbrain:*, SET failed: NOPERM",
        "&dealbrain:*, &other:*, SUBSCRIBE failed: NOPERM",
    })
    void isNotUsedWithOtherKeysOrChannels(String right, String wrong, String reason) {
        List<String> acl = documented().stream()
                .map(word -> word.equals(right) ? wrong : word)
                .toList();
        try (CacheServer server = start(acl)) {
            assertNotUsed(server, reason);
        }
    }

    @Test
    void isNotUsedWithAnotherPassword() {
        List<String> acl = documented().stream()
                .map(word -> word.equals(">password") ? ">other" : word)
                .toList();
        try (CacheServer server = start(acl)) {
            assertNotUsed(server, "AUTH failed: WRONGPASS");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIG SET maxmemory 1, CONFIG SET maxmemory 0, SET failed: OOM",
        "REPLICAOF 127.0.0.1 1, REPLICAOF NO ONE, SET failed: READONLY",
    })
    void isNotUsedWhileRedisRejectsWrites(String fault, String repair, String reason) {
        try (CacheServer server = start(documented())) {
            Await.until("Redis is used", () -> !server.cache().isDegraded());
            redis.command(fault.split(" "));
            assertNotUsed(server, reason);
        } finally {
            redis.command(repair.split(" "));
        }
    }

    private void assertNotUsed(CacheServer server, String reason) {
        Await.until(
                () -> reason + " is the reason: " + server.cache().redisFailure(),
                Duration.ofSeconds(60),
                () -> server.cache().redisFailure().equals(reason));
        assertTrue(server.cache().isDegraded());
        Part part = CacheServer.insert(database);
        assertEquals(part, server.read(part.id()).value());
        assertEquals(
                1,
                lines.all().stream()
                        .filter(line -> line.message().startsWith("Redis unavailable"))
                        .count());
        assertFalse(Arrays.toString(lines.all().toArray()).contains("password@"));
    }
}
