package dealbrain.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running parts of an instance. Closes them in reverse order of their start. Thread-safe. */
final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    /**
     * Adds a part and returns it.
     *
     * @throws IllegalStateException this application is closed; the part was closed too
     */
    <T extends AutoCloseable> T add(T part) {
        synchronized (parts) {
            if (!closed) {
                parts.push(part);
                return part;
            }
        }
        close(part);
        throw new IllegalStateException("the application is closed");
    }

    /** Returns whether {@link #close} was called, maybe by another thread while the application starts. */
    boolean isClosed() {
        synchronized (parts) {
            return closed;
        }
    }

    /** Waits until {@link #close} is called, for at most {@code timeout}, or until an interrupt. */
    void awaitClose(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (parts) {
            try {
                for (long rest = timeout.toNanos(); !closed && rest > 0; rest = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(parts, rest);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes each part once. If closing a part fails, the others are closed nevertheless. */
    @Override
    public void close() {
        synchronized (parts) {
            closed = true;
            parts.notifyAll();
        }
        for (AutoCloseable part = next(); part != null; part = next()) {
            close(part);
        }
    }

    private @Nullable AutoCloseable next() {
        synchronized (parts) {
            return parts.poll();
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("part", part.getClass().getSimpleName())
                    .log("close failed");
        }
    }
}
