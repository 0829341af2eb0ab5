package dealbrain.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for another thread or process by polling a condition. Fails after a timeout, which matters only to a test that
 * fails: it is much longer than a busy machine delays anything.
 */
public final class Await {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

    private Await() {}

    /**
     * Returns as soon as {@code condition} is true.
     *
     * @param what describes the condition in the message of the error
     * @throws AssertionError the condition is not true within 60 seconds
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, TIMEOUT, condition);
    }

    /** Waits with this timeout. */
    public static void until(String what, Duration timeout, BooleanSupplier condition) {
        until(() -> what, timeout, condition);
    }

    /** Waits with a description that is made when the condition is not true in time. */
    public static void until(Supplier<String> what, Duration timeout, BooleanSupplier condition) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(
                        "timed out after " + timeout.toSeconds() + " seconds, waiting until " + what.get());
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting until " + what.get(), e);
            }
        }
    }
}
