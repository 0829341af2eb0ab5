package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the API says about the cache while Redis is unavailable or denies commands. */
class RedisOutageApiTest {
    private static final String CACHE = "/api/v1/ops/cache?pattern=share:*";
    /** Some seconds, after which the page is loaded again: on a busy machine, Redis was not used for a moment. */
    private static final int POLLS = 500;

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    @Order(3)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, redis, Map.of());

    private Api admin;
    private String page;

    @BeforeEach
    void cacheAPage() {
        admin = application.admin();
        String listing = admin.post("/api/v1/listings", "{\"title\": \"A PC\"}")
                .header("Location")
                .orElseThrow();
        page = "/api/v1" + admin.share(listing);
        AtomicInteger polls = new AtomicInteger();
        application.api().get(page);
        Await.until("the page is in Redis", () -> {
            if (polls.incrementAndGet() % POLLS == 0) {
                admin.delete(CACHE);
                application.api().get(page);
            }
            return !pagesInRedis().isEmpty();
        });
        Await.until("the page is cached", () -> isHit(application.api().get(page)));
    }

    @AfterEach
    void recover() {
        Await.until("Redis is used again", () -> health().equals("ok"));
        Await.until("a repeated deletion succeeds", () -> admin.delete(CACHE).status() == 200);
        assertEquals("", pagesInRedis());
    }

    private static boolean isHit(Response response) {
        return response.header("X-Cache").orElseThrow().equals("HIT");
    }

    private static String pagesInRedis() {
        return redis.command("KEYS", "*share:listing:*");
    }

    private static String health() {
        return application.api().get("/health/ready").json().path("cache").asText();
    }

    @Test
    void deletionFailsWhileRedisHangs() {
        redis.server().freeze();
        try {
            assertNotPurged(admin.delete(CACHE));
            Await.until("health reports it", () -> health().equals("degraded"));
            assertNotPurged(admin.delete(CACHE));
        } finally {
            redis.server().thaw();
        }
    }

    @Test
    void deletionFailsIfRedisDeniesIt() {
        redis.command("ACL", "SETUSER", "default", "-scan");
        try {
            assertNotPurged(admin.delete(CACHE));
            assertEquals("degraded", health());
        } finally {
            redis.command("ACL", "SETUSER", "default", "+scan");
        }
    }

    /** Redis is not purged, but memory is. */
    private void assertNotPurged(Response response) {
        assertEquals(503, response.status());
        JsonNode problem = response.json();
        assertEquals("redis-not-purged", problem.path("code").asText());
        assertTrue(problem.path("detail").asText().contains("share:*"), response.text());
        assertEquals("5", response.header("Retry-After").orElseThrow());
        assertEquals("MISS", application.api().get(page).header("X-Cache").orElseThrow());
    }

    @Test
    void descriptionNamesTheProblem() {
        JsonNode responses =
                application.api().get("/openapi.json").json().at("/paths/~1api~1v1~1ops~1cache/delete/responses");
        assertTrue(responses.at("/503/description").asText().contains("redis-not-purged"), responses::toString);
    }
}
