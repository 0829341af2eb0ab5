package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.background.WorkerState;
import dealbrain.profiling.ProfilerMode;
import dealbrain.profiling.ProfilerOptions;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.TelemetryOptions;
import dealbrain.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundJobsTest {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Profiling profiling =
            Profiling.start(ProfilerOptions.of(ProfilerMode.COUNT), TelemetryOptions.withoutExport("test"));
    private final BackgroundJobs jobs = new BackgroundJobs(profiling);
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        jobs.close();
        profiling.close();
    }

    private WorkerState state(String name) {
        return jobs.states().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void continueAfterAnErrorAndReportItMeanwhile() {
        jobs.schedule("mill", OFTEN, () -> {
            if (runs.incrementAndGet() <= 2) {
                throw new OutOfMemoryError("no space");
            }
        });

        Await.until("a run has failed", () -> state("mill").failure().isPresent() || runs.get() > 2);
        Await.until("a run has succeeded", () -> state("mill").lastSuccess().isPresent());

        assertTrue(state("mill").isHealthy());
        assertEquals(2, profiling.jobs().getFirst().errors());
    }

    @Test
    void delayNoOtherJob() {
        CountDownLatch release = new CountDownLatch(1);
        jobs.schedule("hangs", OFTEN, () -> awaitUninterruptibly(release));
        jobs.schedule("mill", OFTEN, runs::incrementAndGet);

        Await.until("the other job runs again and again", () -> runs.get() >= 5);

        assertTrue(state("hangs").lastSuccess().isEmpty());
        release.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void mayRunSoonerForTheFirstTime() {
        jobs.schedule("soon", Duration.ZERO, HOUR, runs::incrementAndGet);
        jobs.schedule("late", HOUR, () -> runs.addAndGet(100));

        Await.until("the first run has ended", () -> state("soon").lastSuccess().isPresent());

        assertEquals(1, runs.get());
    }

    @Test
    void endTheCurrentRunBeforeTheyClose() {
        CountDownLatch started = new CountDownLatch(1);
        jobs.schedule("mill", Duration.ZERO, HOUR, () -> {
            started.countDown();
            for (int i = 0; i < 10; i++) {
                Await.until("a moment has passed", new OnSecondCall()::isTrue);
            }
            runs.incrementAndGet();
        });
        jobs.schedule("late", HOUR, runs::incrementAndGet);
        Await.until("the run has started", () -> started.getCount() == 0);

        jobs.close();

        assertEquals(1, runs.get());
        assertEquals(
                List.of(false, false),
                jobs.states().stream().map(WorkerState::isAlive).toList());
        assertFalse(state("mill").failure().isPresent());
    }

    /** Is true when it is asked again, so that a poll waits for one interval. */
    private static final class OnSecondCall {
        private boolean asked;

        boolean isTrue() {
            boolean result = asked;
            asked = true;
            return result;
        }
    }
}
