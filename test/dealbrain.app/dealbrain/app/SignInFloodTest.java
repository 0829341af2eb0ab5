package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongToIntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Strangers who make the server hash passwords all the time: users sign in nevertheless, and their tokens work.
 * Passwords are hashed as in production. The addresses are those that a trusted proxy reports.
 */
@Tag("faults")
@Timeout(600)
class SignInFloodTest {
    private static final int CONNECTIONS = 100;
    private static final String PASSWORD = "correct horse battery";
    private static final String OF_ADA = "198.51.100.7";

    @TempDir
    static Path folder;

    private static Program program;
    private static Api ada;

    @BeforeAll
    static void start() {
        program = Program.start(
                folder, Map.of("DEALBRAIN_ENV", "development", "DEALBRAIN_TRUSTED_PROXIES", "127.0.0.0/8"));
        ada = program.api().signUp("ada");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static int post(String path, String username, String password, String address) {
        return program.api()
                .send(
                        "POST",
                        path,
                        "{\"username\": \"" + username + "\", \"password\": \"" + password + "\"}",
                        "X-Forwarded-For",
                        address)
                .status();
    }

    private static String random(String prefix) {
        return prefix + UUID.randomUUID().toString().substring(0, 12);
    }

    /** Sends requests over all connections until it is closed. */
    private static final class Flood implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicLong sent = new AtomicLong();
        private final List<Integer> statuses = new CopyOnWriteArrayList<>();
        private final List<Future<?>> connections = new ArrayList<>();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        /** @param request sends a request with this number, and returns the status of the response */
        Flood(LongToIntFunction request) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(threads.submit(() -> {
                    while (!ended.get()) {
                        int status = request.applyAsInt(sent.getAndIncrement());
                        statuses.add(status);
                        if (status == 429) {
                            Thread.sleep(100); // or the test itself would need all processors
                        }
                    }
                    return null;
                }));
            }
            Await.until("the flood is at its height", () -> sent.get() > CONNECTIONS);
        }

        void awaitStatus(int status) {
            Await.until("the flood gets " + status, () -> statuses.contains(status));
        }

        /** Waits for both statuses. On a busy machine a request of the flood may also wait too long: 503. */
        void assertStatuses(int one, int other) {
            awaitStatus(one);
            awaitStatus(other);
            Set<Integer> all = Set.copyOf(statuses);
            assertTrue(Set.of(one, other, 503).containsAll(all), all::toString);
        }

        @Override
        public void close() {
            ended.set(true);
            threads.close();
            connections.forEach(Future::resultNow); // throws if a request has failed
        }
    }

    /** Signs ada in from an address, and uses her token. */
    private static void assertAdaIsServed(String address) {
        for (int i = 0; i < 5; i++) {
            assertEquals(201, post("/api/v1/tokens", "ada", PASSWORD, address));
            assertEquals(200, ada.get("/api/v1/users/me").status());
        }
    }

    @Test
    void ofSignUpsFromOneAddressDoesNotDelaySignInsFromIt() {
        try (Flood flood = new Flood(_ -> post("/api/v1/users", random("f-"), PASSWORD, "203.0.113.1"))) {
            assertAdaIsServed(OF_ADA);
            assertAdaIsServed("203.0.113.1");
            assertEquals(201, post("/api/v1/users", random("u-"), PASSWORD, OF_ADA));
            flood.assertStatuses(201, 429);
        }
    }

    @Test
    void ofSignUpsFromManyAddressesPreventsNoSignIn() {
        try (Flood flood = new Flood(i -> post("/api/v1/users", random("m-"), PASSWORD, many(i)))) {
            assertAdaIsServed(OF_ADA);
            flood.awaitStatus(201);
        }
    }

    @Test
    void ofWrongPasswordsFromOneAddressPreventsNoSignInFromOthers() {
        try (Flood flood = new Flood(_ -> post("/api/v1/tokens", random("w-"), "wrong password", "203.0.113.2"))) {
            assertAdaIsServed(OF_ADA);
            flood.assertStatuses(401, 429);
        }
    }

    @Test
    void ofWrongPasswordsFromManyAddressesPreventsNoSignInFromOthers() {
        try (Flood flood = new Flood(i -> post("/api/v1/tokens", random("w-"), "wrong password", many(i % 50)))) {
            assertAdaIsServed(OF_ADA);
            flood.awaitStatus(401);
        }
    }

    private static String many(long number) {
        return "2001:db8:" + Long.toHexString(number % 0xffff) + "::" + Long.toHexString(number);
    }
}
