package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConcurrentlyTest {
    @Test
    void returnsTheOutcomeOfEachThread() {
        List<String> outcomes = Concurrently.run(3, number -> {
            if (number == 1) {
                throw new ProblemException(ProblemType.NOT_FOUND, "no such part");
            }
            if (number == 2) {
                throw new IllegalStateException("broken");
            }
        });

        assertEquals(List.of("ok", ProblemType.NOT_FOUND.code(), "java.lang.IllegalStateException: broken"), outcomes);
    }

    @Test
    void interruptsThreadsThatDoNotFinish() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);

        List<String> outcomes = Concurrently.run(2, Duration.ofMillis(200), number -> {
            if (number == 1) {
                awaitInterrupt(interrupted);
            }
        });

        assertEquals(List.of("ok", "unfinished"), outcomes);
        assertTrue(interrupted.await(10, TimeUnit.SECONDS), "the thread was interrupted");
    }

    /** Waits for a latch that no thread opens. */
    private static void awaitInterrupt(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }
}
