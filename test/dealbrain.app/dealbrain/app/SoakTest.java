package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.app.Load.Request;
import dealbrain.collections.CollectionFixtures;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Mixed load at 70 % of the capacity, for {@code SOAK_MINUTES} (default 0.75): no resource usage grows. */
@Tag("faults")
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class SoakTest {
    private static final int CLIENTS = 16;
    private static final double LOAD = 0.7;
    private static final Duration DURATION =
            Duration.ofSeconds((long) (60 * Double.parseDouble(System.getenv().getOrDefault("SOAK_MINUTES", "0.75"))));
    /** The length of the first and the last part, whose response times are compared. */
    private static final Duration PART = Duration.ofSeconds(Math.min(60, DURATION.toSeconds() / 3));
    /** For the JIT compiler, which would make the first part slower than the last. */
    private static final Duration WARM_UP = Duration.ofSeconds(Math.max(8, DURATION.toSeconds() / 10));

    /** In shorter runs, the response times vary too much to be compared. */
    private static final Duration MIN_COMPARED = Duration.ofMinutes(5);

    private static final double MAX_SLOWDOWN = 1.2;
    /** The part of the responses that may be 503, when the machine stalls. */
    private static final double MAX_UNAVAILABLE = 0.01;

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    static Path folder;

    @Test
    void keepsResourceUsageConstant() {
        CollectionFixtures fixtures = new CollectionFixtures(database.jdbi());
        var user = fixtures.user("ada");
        String collection =
                "/api/v1/collections/" + fixtures.collectionOf(user, 150).id();
        try (Program program = Program.start(
                folder,
                Map.of(
                        "DATABASE_URL",
                        OwnPostgres.variable(database.url()),
                        "REDIS_URL",
                        redis.url(),
                        "DEALBRAIN_REDIS_NAMESPACE",
                        redis.namespace()))) {
            Api ada = program.api().signIn(user.username(), CollectionFixtures.PASSWORD, "write");
            soak(program, mix(ada, collection));
            assertEquals(-1, program.output().indexOf("internal error"), program.output());
        }
    }

    private static LongFunction<Request> mix(Api ada, String collection) {
        String listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny\", \"price_usd\": 199.90}")
                .header("Location")
                .orElseThrow();
        String page = ada.share(listing);
        Request listed = Request.get("/api/v1/listings?q=pc&sort=price_usd&limit=20")
                .as(ada); // created once, since millions of responses refer to their requests
        Request whole = Request.get(collection).as(ada);
        Request one = Request.get(listing).as(ada);
        Request nothing = Request.get("/api/v1/nothing-here");
        Request shared = Request.get(page);
        List<Request> prices = IntStream.range(100, 150)
                .mapToObj(price -> new Request("PATCH", listing, "{\"price_usd\": " + price + "}", ada.token()))
                .toList();
        return number -> switch ((int) (number % 10)) {
            case 0 -> prices.get((int) (number / 10 % prices.size()));
            case 1 -> whole;
            case 2 -> listed;
            case 3, 4, 5 -> one;
            case 6 -> nothing;
            default -> shared;
        };
    }

    private static void soak(Program program, LongFunction<Request> mix) {
        run(program, WARM_UP, mix);
        double capacity = run(program, Duration.ofSeconds(5), mix);
        try (Load load = Load.open(program.api(), CLIENTS, LOAD * capacity, mix)) {
            long start = System.nanoTime();
            Await.until(
                    "the first part has ended",
                    PART.plusSeconds(20),
                    () -> System.nanoTime() - start >= PART.toNanos());
            Program.Usage settled = program.usage();
            long connections = connections();
            Await.until(
                    "the time is over",
                    DURATION.plusSeconds(20),
                    () -> System.nanoTime() - start >= DURATION.toNanos());
            long end = System.nanoTime(); // before the garbage collection below, which pauses everything
            List<Load.Response> all = load.responses();
            Program.Usage last = program.usage();
            double p99First = Load.percentile(
                    all.stream()
                            .filter(response -> response.due() - start < PART.toNanos())
                            .toList(),
                    99);
            double p99Last = Load.percentile(
                    all.stream()
                            .filter(response -> end - response.due() < PART.toNanos())
                            .toList(),
                    99);
            List<Load.Response> failed = all.stream()
                    .filter(response -> !response.isSuccess() && response.status() != 404)
                    .toList();
            assertEquals(
                    List.of(),
                    failed.stream().filter(response -> response.status() != 503).toList());
            assertTrue(failed.size() <= MAX_UNAVAILABLE * all.size(), failed::toString);
            System.out.printf(
                    "soak of %d s at %.0f of %.0f requests per second: p99 first %.1f ms, last %.1f ms;"
                            + " settled %s, last %s, connections %d, %d%n",
                    DURATION.toSeconds(),
                    LOAD * capacity,
                    capacity,
                    p99First,
                    p99Last,
                    settled,
                    last,
                    connections,
                    connections());
            assertTrue(last.heap() <= settled.heap() + 6_000_000, "heap: " + settled + ", " + last);
            assertTrue(last.threads() <= settled.threads() + 4, "threads: " + settled + ", " + last);
            assertTrue(last.descriptors() <= settled.descriptors() + 8, "descriptors: " + settled + ", " + last);
            assertTrue(connections() <= connections + 1, "connections: " + connections + ", " + connections());
            assertTrue(
                    DURATION.compareTo(MIN_COMPARED) < 0 || p99Last <= MAX_SLOWDOWN * p99First,
                    "p99: " + p99First + " ms, " + p99Last + " ms");
        }
    }

    private static long connections() {
        return OwnPostgres.number(
                database.url(),
                "SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name = 'dealbrain'");
    }

    /** Returns the number of responses per second. */
    private static double run(Program program, Duration time, LongFunction<Request> mix) {
        long start = System.nanoTime();
        try (Load load = Load.closed(program.api(), CLIENTS, mix)) {
            Await.until("the time is over", time.plusSeconds(20), () -> System.nanoTime() - start >= time.toNanos());
            return load.responses().size() / ((System.nanoTime() - start) / 1e9);
        }
    }
}
