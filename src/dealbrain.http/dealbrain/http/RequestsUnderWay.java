package dealbrain.http;

import java.time.Duration;

/**
 * Counts the requests that are being answered. The JDK's server counts too, but keeps counting one whose client went away,
 * and would then wait for it in vain. Safe for use by many threads.
 */
final class RequestsUnderWay {
    private int count;

    synchronized void begin() {
        count++;
    }

    synchronized void end() {
        count--;
        notifyAll();
    }

    /** Waits until there are none, but not longer than this. */
    synchronized void awaitNone(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis(); count > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
