package dealbrain.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread or process does: asks again and again, and gives up loudly. */
public final class Await {
    private static final Duration LONGEST = Duration.ofSeconds(15); // far beyond what a busy machine takes
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what the condition in words, for the message
     * @throws AssertionError when it does not hold within 15 seconds
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LONGEST, condition);
    }

    /** As above, for what takes longer. */
    public static void until(String what, Duration longest, BooleanSupplier condition) {
        until(() -> what, longest, condition);
    }

    /** As above, with words that say how it was at the end. */
    public static void until(Supplier<String> what, Duration longest, BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + longest.toSeconds() + " seconds: " + what.get());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting until " + what.get(), e);
            }
        }
    }
}
