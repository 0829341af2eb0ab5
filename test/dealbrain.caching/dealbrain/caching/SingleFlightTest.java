package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private static final int READERS = 16;

    private final SingleFlight<String> singleFlight = new SingleFlight<>();
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void concurrentTasksOfAKeyRunOnce() {
        List<String> outcomes = Concurrently.run(READERS, _ -> {
            readers.add(Thread.currentThread());
            assertEquals("done", singleFlight.run("key", () -> {
                runs.incrementAndGet();
                awaitOthers();
                return "done";
            }));
        });
        assertEquals(Collections.nCopies(READERS, "ok"), outcomes);
        assertEquals(1, runs.get());
    }

    @Test
    void taskOfAnotherKeyRunsSeparately() {
        assertEquals("inner", singleFlight.run("outer", () -> singleFlight.run("inner", () -> "inner")));
    }

    @Test
    void laterTaskRunsAgain() {
        assertEquals("first", singleFlight.run("key", () -> "first"));
        assertEquals("second", singleFlight.run("key", () -> "second"));
    }

    @Test
    void rethrowsTheExceptionOfTheTask() {
        assertThrows(IllegalStateException.class, () -> singleFlight.run("key", SingleFlightTest::fail));
        assertEquals("recovered", singleFlight.run("key", () -> "recovered"));
    }

    @Test
    void waitingCallersRetryAFailedTaskTogether() {
        List<String> outcomes = Concurrently.run(READERS, _ -> {
            readers.add(Thread.currentThread());
            String got = singleFlight.run("key", () -> {
                if (runs.incrementAndGet() == 1) {
                    awaitOthers();
                    return fail();
                }
                return "recovered";
            });
            assertEquals("recovered", got);
        });
        assertEquals(READERS - 1, outcomes.stream().filter("ok"::equals).count());
        assertEquals(
                1,
                outcomes.stream()
                        .filter(outcome -> outcome.contains("IllegalStateException"))
                        .count());
    }

    private void awaitOthers() {
        Await.until(
                "the other readers wait",
                () -> readers.stream()
                                .filter(reader -> reader.getState() == Thread.State.WAITING)
                                .count()
                        == READERS - 1);
    }

    private static String fail() {
        throw new IllegalStateException("no");
    }
}
