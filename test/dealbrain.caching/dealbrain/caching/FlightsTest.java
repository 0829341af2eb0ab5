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

class FlightsTest {
    private static final int READERS = 16;

    private final Flights<String> flights = new Flights<>();
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger works = new AtomicInteger();

    @Test
    void workIsDoneOnceForAllWhoWait() {
        List<String> outcomes = Concurrently.run(READERS, _ -> {
            readers.add(Thread.currentThread());
            assertEquals("done", flights.join("key", () -> {
                works.incrementAndGet();
                awaitOthers();
                return "done";
            }));
        });
        assertEquals(Collections.nCopies(READERS, "ok"), outcomes);
        assertEquals(1, works.get());
    }

    @Test
    void workOfAnotherKeyIsAnother() {
        assertEquals("inner", flights.join("outer", () -> flights.join("inner", () -> "inner")));
    }

    @Test
    void whatEndedIsDoneAgain() {
        assertEquals("first", flights.join("key", () -> "first"));
        assertEquals("second", flights.join("key", () -> "second"));
    }

    @Test
    void whatIsThrownIsThrown() {
        assertThrows(IllegalStateException.class, () -> flights.join("key", FlightsTest::fail));
        assertEquals("mended", flights.join("key", () -> "mended"));
    }

    @Test
    void whoWaitedForWorkThatFailedAsksOnceMoreTogether() {
        List<String> outcomes = Concurrently.run(READERS, _ -> {
            readers.add(Thread.currentThread());
            String got = flights.join("key", () -> {
                if (works.incrementAndGet() == 1) {
                    awaitOthers();
                    return fail();
                }
                return "mended";
            });
            assertEquals("mended", got);
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
                "the others wait",
                () -> readers.stream()
                                .filter(reader -> reader.getState() == Thread.State.WAITING)
                                .count()
                        == READERS - 1);
    }

    private static String fail() {
        throw new IllegalStateException("no");
    }
}
