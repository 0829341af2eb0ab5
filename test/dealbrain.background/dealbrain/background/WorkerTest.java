package dealbrain.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTest {
    private static final Duration LONG = Duration.ofHours(1);

    @RegisterExtension
    private final LogLines lines = new LogLines("dealbrain.background");

    private final AtomicInteger turns = new AtomicInteger();
    private Worker worker = Worker.start("not used", LONG, LONG, () -> {});

    @AfterEach
    void close() {
        worker.close();
    }

    private void start(Worker.Turn turn) {
        worker.close();
        worker = Worker.start("mill", turn);
    }

    private void awaitTurns(int count) {
        Await.until(count + " turns have started", () -> turns.get() >= count);
    }

    private List<String> levels() {
        return lines.all().stream().map(LogLines.Line::level).toList();
    }

    /** Throws in each of the first turns, and then blocks in one that succeeds when it is released. */
    private void failTimes(int failures, Throwable failure, CountDownLatch release) {
        start(() -> {
            int turn = turns.incrementAndGet();
            if (turn <= failures) {
                WorkerTest.<RuntimeException>sneakyThrow(failure);
            }
            if (turn == failures + 1) {
                release.await();
            }
            Thread.sleep(1);
        });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void sneakyThrow(Throwable e) throws E {
        throw (E) e;
    }

    @Test
    void runsTurnAfterTurnInADaemonThreadOfItsName() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        start(() -> {
            threads.add(Thread.currentThread());
            Thread.sleep(1);
        });

        Await.until("three turns have run", () -> threads.size() >= 3);

        for (Thread thread : threads) {
            assertSame(threads.getFirst(), thread);
        }
        assertEquals("mill", threads.getFirst().getName());
        assertTrue(threads.getFirst().isDaemon());
        Await.until("a success is known", () -> worker.state().lastSuccess().isPresent());
        assertTrue(worker.state().isHealthy());
        assertEquals("mill", worker.state().name());
    }

    @Test
    void reportsAFailureUntilATurnSucceeds() {
        CountDownLatch release = new CountDownLatch(1);
        failTimes(2, new IllegalStateException("no grain"), release);

        awaitTurns(3);
        WorkerState failing = worker.state();
        assertTrue(failing.isAlive());
        assertFalse(failing.isHealthy());
        assertTrue(failing.failingSince().isPresent());
        assertEquals(Optional.empty(), failing.lastSuccess());
        assertEquals(Optional.of("java.lang.IllegalStateException: no grain"), failing.failure());

        release.countDown();
        Await.until("the worker is healthy", () -> worker.state().isHealthy());
        assertEquals(Optional.empty(), worker.state().failure());
        assertEquals(Optional.empty(), worker.state().failingSince());
    }

    @Test
    void logsTheTransitionsOnly() {
        CountDownLatch release = new CountDownLatch(1);
        failTimes(3, new IllegalStateException("no grain"), release);
        awaitTurns(4);
        assertEquals(1, lines.all().size());

        release.countDown();
        lines.await(line -> line.level().equals("INFO"));

        assertEquals(List.of("WARN", "INFO"), levels());
        assertEquals(2, lines.with("worker").size());
    }

    @Test
    void logsTheFirstErrorAfterExceptions() {
        start(() -> {
            if (turns.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("no grain");
            }
            throw new StackOverflowError();
        });

        awaitTurns(4);

        assertEquals(List.of("WARN", "ERROR"), levels());
    }

    @Test
    void continuesAfterARealOutOfMemoryError() {
        start(() -> {
            if (turns.incrementAndGet() <= 2) {
                long[][] tooMuch = new long[1_000][];
                for (int i = 0; i < tooMuch.length; i++) {
                    tooMuch[i] = new long[Integer.MAX_VALUE];
                }
            }
            Thread.sleep(1);
        });

        awaitTurns(4);

        assertEquals(List.of("ERROR"), levels().subList(0, 1));
    }

    @Test
    void survivesAnOutOfMemoryErrorOfItsLogging() {
        lines.failNext(2);
        failTimes(4, new OutOfMemoryError("no space"), new CountDownLatch(0));

        lines.await(line -> line.level().equals("INFO"));

        assertTrue(worker.state().isAlive());
        assertEquals(List.of("ERROR", "INFO"), levels()); // the third failure was logged, the recovery too
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptEndsOnlyAClosedWorker(boolean swallowed) {
        CountDownLatch never = new CountDownLatch(1);
        start(() -> {
            if (turns.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
                if (swallowed) {
                    return; // the flag is left to the next turn
                }
            }
            never.await();
        });

        awaitTurns(2);
        assertTrue(worker.state().isAlive());

        worker.close();
        assertFalse(worker.state().isAlive());
        assertFalse(worker.state().isHealthy());
        assertEquals(2, turns.get());
    }

    @Test
    void closeEndsAPauseAndLogsNothing() {
        worker.close(); // it pauses for an hour

        assertFalse(worker.state().isAlive());
        assertEquals(List.of(), levels());
    }

    @Test
    void closeWithGraceLetsTheTurnEnd() {
        CountDownLatch started = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        start(() -> {
            started.countDown();
            Thread.sleep(50);
            ended.incrementAndGet();
        });
        Await.until("the turn has started", () -> started.getCount() == 0);

        worker.close(LONG);

        assertFalse(worker.state().isAlive());
        assertTrue(ended.get() > 0);
        assertEquals(List.of(), levels());
    }

    @Test
    void aTurnMayCloseItsOwnWorker() {
        start(() -> {
            turns.incrementAndGet();
            worker.close();
        });
        Await.until("the thread has ended", () -> !worker.state().isAlive());
    }

    @Test
    void waitsForTheFirstDelayAndBetweenTurns() {
        worker.close();
        worker = Worker.start("hourly", Duration.ZERO, LONG, () -> {
            turns.incrementAndGet();
            throw new IllegalStateException("also after a failure");
        });
        awaitTurns(1);
        Await.until("the failure is known", () -> worker.state().failingSince().isPresent());

        worker.close();

        assertEquals(1, turns.get());
    }
}
