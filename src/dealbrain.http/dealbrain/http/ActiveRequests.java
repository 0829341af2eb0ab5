package dealbrain.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests that are being processed, so that the server can wait for them when it stops. Thread-safe.
 *
 * <p>The server of the JDK counts too, but never ends a request whose client disconnected: it would wait for it until
 * the time limit.
 *
 * <p>Requests take no lock while the server runs: they only change an atomic counter. The monitor is used only between
 * {@link #awaitNone} and the last request. No wake-up is lost: {@code awaitNone} first sets {@code awaited} and then
 * reads the counter. {@code end} first changes the counter and then reads {@code awaited}. So at least one of them sees
 * the write of the other, and {@code awaitNone} holds the monitor from its read until it waits.
 */
final class ActiveRequests {
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean awaited;

    void begin() {
        count.incrementAndGet();
    }

    void end() {
        if (count.decrementAndGet() == 0 && awaited) {
            notifyWaiting();
        }
    }

    private synchronized void notifyWaiting() {
        notifyAll();
    }

    /** Waits until there are no requests, but at most {@code maxWait}. */
    synchronized void awaitNone(Duration maxWait) throws InterruptedException {
        awaited = true;
        long end = System.nanoTime() + maxWait.toNanos();
        for (long millis = maxWait.toMillis();
                count.get() > 0 && millis > 0;
                millis = (end - System.nanoTime()) / 1_000_000) {
            wait(millis);
        }
    }
}
