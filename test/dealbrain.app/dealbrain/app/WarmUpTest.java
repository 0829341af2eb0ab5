package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void returnsBeforeItsTasksHaveRun() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        try (WarmUp _ = WarmUp.start(Duration.ZERO, () -> {
            awaitUninterrupted(release);
            done.set(true);
        })) {
            assertFalse(done.get());
            release.countDown();
            Await.until("the task has run", done::get);
        }
    }

    @Test
    void runsTheOtherTasksAfterAFailure() {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (WarmUp _ = WarmUp.start(
                Duration.ZERO,
                () -> {
                    ran.add("first");
                    throw new IllegalStateException("expected by the test");
                },
                () -> ran.add("second"))) {
            Await.until("both have run", () -> ran.size() == 2);
            assertEquals(List.of("first", "second"), ran);
        }
    }

    @Test
    void runsNothingAfterItIsClosed() throws InterruptedException {
        AtomicBoolean ran = new AtomicBoolean();
        WarmUp warmUp = WarmUp.start(Duration.ofDays(1), () -> ran.set(true));
        warmUp.close();
        assertTrue(warmUp.join(Duration.ofSeconds(30)));
        assertFalse(ran.get());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
