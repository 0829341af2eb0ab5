package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.waterfall.Step;
import dealbrain.waterfall.StepKind;
import dealbrain.waterfall.Waterfall;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private static final int READERS = 16;
    private static final Predicate<String> ANY = _ -> true;
    private static final Predicate<String> NONE = _ -> false;

    private final SingleFlight<String> singleFlight = new SingleFlight<>();
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void concurrentTasksOfAKeyRunOnce() {
        List<String> outcomes = Concurrently.run(READERS, _ -> {
            readers.add(Thread.currentThread());
            assertEquals(
                    "done",
                    singleFlight.run(
                            "key",
                            () -> {
                                runs.incrementAndGet();
                                awaitOthers();
                                return "done";
                            },
                            ANY));
        });
        assertEquals(Collections.nCopies(READERS, "ok"), outcomes);
        assertEquals(1, runs.get());
    }

    @Test
    void waitForAnotherCallerIsAStepOfTheRequest() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Thread first = Thread.ofPlatform()
                .start(() -> singleFlight.run(
                        "key",
                        () -> {
                            started.countDown();
                            awaitLatch(finish);
                            return "done";
                        },
                        ANY));
        awaitLatch(started);
        Waterfall waterfall = Waterfall.start();
        Thread second = Thread.ofPlatform()
                .start(() -> Waterfall.call(waterfall, () -> singleFlight.run("key", () -> "not run", ANY)));
        Await.until("the second caller waits", () -> second.getState() == Thread.State.WAITING);
        long waiting = System.nanoTime();
        Await.until("it has waited for a while", () -> System.nanoTime() - waiting > 5_000_000);
        finish.countDown();
        first.join();
        second.join();

        assertEquals(
                List.of(StepKind.SHARED_LOAD),
                waterfall.steps().stream().map(Step::kind).toList());
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertTrue(latch.await(15, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void taskOfAnotherKeyRunsSeparately() {
        assertEquals("inner", singleFlight.run("outer", () -> singleFlight.run("inner", () -> "inner", ANY), ANY));
    }

    @Test
    void laterTaskRunsAgain() {
        assertEquals("first", singleFlight.run("key", () -> "first", NONE));
        assertEquals("second", singleFlight.run("key", () -> "second", NONE));
    }

    @Test
    void rethrowsTheExceptionOfTheTask() {
        assertThrows(IllegalStateException.class, () -> singleFlight.run("key", SingleFlightTest::fail, ANY));
        assertEquals("recovered", singleFlight.run("key", () -> "recovered", ANY));
    }

    @Test
    void waitingCallersRetryAFailedTaskTogether() {
        List<String> outcomes = Concurrently.run(READERS, _ -> {
            readers.add(Thread.currentThread());
            String got = singleFlight.run(
                    "key",
                    () -> {
                        if (runs.incrementAndGet() == 1) {
                            awaitOthers();
                            return fail();
                        }
                        return "recovered";
                    },
                    ANY);
            assertEquals("recovered", got);
        });
        assertEquals(READERS - 1, outcomes.stream().filter("ok"::equals).count());
        assertEquals(
                1,
                outcomes.stream()
                        .filter(outcome -> outcome.contains("IllegalStateException"))
                        .count());
    }

    @Test
    void callersThatDoNotAcceptAnEarlierTaskShareOneThatStartedAfterTheirCalls() {
        List<String> results = new CopyOnWriteArrayList<>();
        List<String> outcomes = Concurrently.run(READERS, _ -> {
            readers.add(Thread.currentThread());
            results.add(singleFlight.run(
                    "key",
                    () -> {
                        int run = runs.incrementAndGet();
                        if (run == 1) {
                            awaitOthers();
                        }
                        return "run " + run;
                    },
                    NONE));
        });
        assertEquals(Collections.nCopies(READERS, "ok"), outcomes);
        assertEquals(2, runs.get());
        assertEquals(1, Collections.frequency(results, "run 1")); // the caller that ran it
        assertEquals(READERS - 1, Collections.frequency(results, "run 2"));
    }

    @Test
    void callerThatArrivesDuringTheSecondTaskDoesNotShareItUnlessItAcceptsIt() throws InterruptedException {
        CountDownLatch secondRuns = new CountDownLatch(1);
        CountDownLatch thirdWaits = new CountDownLatch(1);
        Supplier<String> task = () -> {
            int run = runs.incrementAndGet();
            if (run == 1) {
                awaitWaiting(1);
            } else if (run == 2) {
                secondRuns.countDown();
                await(thirdWaits);
            }
            return "run " + run;
        };
        Thread first = start(task);
        Await.until("the first task runs", () -> runs.get() == 1);
        Thread second = start(task);
        await(secondRuns);
        first.join();
        readers.clear();
        AtomicReference<String> result = new AtomicReference<>();
        Thread third = Thread.ofPlatform().start(() -> result.set(singleFlight.run("key", task, NONE)));
        Await.until("the third caller waits", () -> third.getState() == Thread.State.WAITING);
        thirdWaits.countDown();
        second.join();
        third.join();
        assertEquals("run 3", result.get());
    }

    private Thread start(Supplier<String> task) {
        Thread thread = Thread.ofPlatform().unstarted(() -> singleFlight.run("key", task, NONE));
        readers.add(thread);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "the latch was not released");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitOthers() {
        awaitWaiting(READERS - 1);
    }

    private void awaitWaiting(int count) {
        Await.until(
                "the other readers wait",
                () -> readers.stream()
                                .filter(reader -> reader.getState() == Thread.State.WAITING)
                                .count()
                        == count);
    }

    private static String fail() {
        throw new IllegalStateException("no");
    }
}
