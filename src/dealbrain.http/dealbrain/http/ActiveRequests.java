package dealbrain.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests that are being answered. The JDK's server counts too, but keeps counting one whose client went away,
 * and would then wait for it in vain. A lock that each request takes twice would cost more than the rest of them; so only who
 * waits has one. Safe for use by many threads.
 */
final class ActiveRequests {
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean awaited;

    void begin() {
        count.incrementAndGet();
    }

    void end() {
        if (count.decrementAndGet() == 0 && awaited) {
            tell();
        }
    }

    private synchronized void tell() {
        notifyAll();
    }

    /** Waits until there are none, but not longer than this. */
    synchronized void awaitNone(Duration longest) throws InterruptedException {
        awaited = true;
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis();
                count.get() > 0 && left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
