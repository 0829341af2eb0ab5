package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NetworkLocksTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final NetworkLocks locks = new NetworkLocks();

    @Test
    void excludeOnlyTheSameNetwork() {
        List<NetworkLocks.Held> held = new ArrayList<>();
        for (int i = 0; i < 1000; i++) { // more than any fixed number of locks would have
            held.add(locks.acquire("network " + i, NONE).orElseThrow());
        }

        assertFalse(locks.acquire("network 7", NONE).isPresent());
        held.forEach(NetworkLocks.Held::close);
        assertTrue(locks.acquire("network 7", NONE).isPresent());
    }

    @Test
    void letOneAtATimeIn() {
        AtomicInteger inside = new AtomicInteger();
        List<String> outcomes = Concurrently.run(NetworkLocks.MAX_USERS, _ -> {
            try (NetworkLocks.Held _ = locks.acquire("a", LONG).orElseThrow()) {
                if (inside.incrementAndGet() != 1) {
                    throw new AssertionError("two hold the lock");
                }
                Thread.yield();
                inside.decrementAndGet();
            }
        });

        assertTrue(outcomes.stream().allMatch("ok"::equals), outcomes::toString);
    }

    @Test
    void rejectANetworkOfWhichTooManyWait() throws InterruptedException {
        NetworkLocks.Held first = locks.acquire("a", NONE).orElseThrow();
        AtomicInteger started = new AtomicInteger(1);
        List<Thread> waiting = new ArrayList<>();
        while (started.get() < NetworkLocks.MAX_USERS) {
            started.incrementAndGet();
            waiting.add(Thread.startVirtualThread(
                    () -> locks.acquire("a", LONG).orElseThrow().close()));
        }
        Await.until(
                "all wait", () -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        problem("too-many-requests", () -> locks.acquire("a", NONE));

        locks.acquire("b", NONE).orElseThrow().close();
        first.close();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertTrue(locks.acquire("a", NONE).isPresent());
    }
}
