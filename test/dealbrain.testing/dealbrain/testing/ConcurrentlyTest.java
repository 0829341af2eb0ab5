package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

    /** Repeated until the other thread finishes in time. */
    @Test
    void interruptsThreadsThatDoNotFinish() {
        Await.until("only one thread does not finish", () -> {
            CountDownLatch interrupted = new CountDownLatch(1);

            List<String> outcomes = Concurrently.run(2, Duration.ofMillis(200), number -> {
                if (number == 1) {
                    awaitInterrupt(interrupted);
                }
            });

            assertEquals("unfinished", outcomes.getLast());
            Await.until("the thread was interrupted", () -> interrupted.getCount() == 0);
            return outcomes.getFirst().equals("ok");
        });
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
