package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.app.Load.Ask;
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

/** Mixed load at 70 % of what it can do: nothing grows. {@code SOAK_MINUTES=10} for the real thing; less than a minute otherwise. */
@Tag("faults")
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class SoakTest {
    private static final int CLIENTS = 16;
    private static final double PART = 0.7;
    private static final Duration LONG =
            Duration.ofSeconds((long) (60 * Double.parseDouble(System.getenv().getOrDefault("SOAK_MINUTES", "0.75"))));
    /** The first and the last of it, whose times are compared; in less than five minutes they say too little. */
    private static final Duration ENDS = Duration.ofSeconds(Math.min(60, LONG.toSeconds() / 3));
    /** For the compiler of the virtual machine, and so that the first of it is no slower than the last for that reason alone. */
    private static final Duration WARM_UP = Duration.ofSeconds(Math.max(8, LONG.toSeconds() / 10));

    private static final Duration TELLING = Duration.ofMinutes(5);
    private static final double MOST_SLOWER = 1.2;

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    static Path folder;

    @Test
    void nothingGrows() {
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
            assertEquals(-1, program.output().indexOf("a fault of ours"), program.output());
        }
    }

    private static LongFunction<Ask> mix(Api ada, String collection) {
        String listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny\", \"price_usd\": 199.90}")
                .header("Location")
                .orElseThrow();
        String page = ada.share(listing);
        Ask listed = Ask.get("/api/v1/listings?q=pc&sort=price_usd&limit=20")
                .as(ada); // made once, as millions of answers keep their asks
        Ask whole = Ask.get(collection).as(ada);
        Ask one = Ask.get(listing).as(ada);
        Ask nothing = Ask.get("/api/v1/nothing-here");
        Ask shared = Ask.get(page);
        List<Ask> prices = IntStream.range(100, 150)
                .mapToObj(price -> new Ask("PATCH", listing, "{\"price_usd\": " + price + "}", ada.token()))
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

    private static void soak(Program program, LongFunction<Ask> mix) {
        run(program, WARM_UP, mix);
        double capacity = run(program, Duration.ofSeconds(5), mix);
        try (Load load = Load.open(program.api(), CLIENTS, PART * capacity, mix)) {
            long start = System.nanoTime();
            Await.until("it has settled", ENDS.plusSeconds(20), () -> System.nanoTime() - start >= ENDS.toNanos());
            Program.Figures settled = program.figures();
            long connections = connections();
            Await.until("the time is over", LONG.plusSeconds(20), () -> System.nanoTime() - start >= LONG.toNanos());
            long end = System.nanoTime(); // before the garbage is collected for the figures, which holds everything up
            List<Load.Answer> all = load.answers();
            Program.Figures last = program.figures();
            double p99First = Load.percentile(
                    all.stream()
                            .filter(answer -> answer.due() - start < ENDS.toNanos())
                            .toList(),
                    99);
            double p99Last = Load.percentile(
                    all.stream()
                            .filter(answer -> end - answer.due() < ENDS.toNanos())
                            .toList(),
                    99);
            assertEquals(
                    List.of(),
                    all.stream()
                            .filter(answer -> !answer.isWell() && answer.status() != 404)
                            .toList());
            System.out.printf(
                    "soak of %d s at %.0f of %.0f requests a second: p99 first %.1f ms, last %.1f ms; settled %s, last %s, connections %d, %d%n",
                    LONG.toSeconds(),
                    PART * capacity,
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
                    LONG.compareTo(TELLING) < 0 || p99Last <= MOST_SLOWER * p99First,
                    "p99: " + p99First + " ms, " + p99Last + " ms");
        }
    }

    private static long connections() {
        return OwnPostgres.number(
                database.url(),
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'dealbrain'");
    }

    /** Returns how many requests a second were answered. */
    private static double run(Program program, Duration time, LongFunction<Ask> mix) {
        long start = System.nanoTime();
        try (Load load = Load.closed(program.api(), CLIENTS, mix)) {
            Await.until("the time is over", time.plusSeconds(20), () -> System.nanoTime() - start >= time.toNanos());
            return load.answers().size() / ((System.nanoTime() - start) / 1e9);
        }
    }
}
