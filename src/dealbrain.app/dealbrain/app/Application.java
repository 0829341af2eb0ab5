package dealbrain.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs, closed in the reverse of the order in which it was started. Safe for use by many threads. */
final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    /** Takes a part into care; one that comes too late is closed at once. */
    <T extends AutoCloseable> T add(T part) {
        synchronized (parts) {
            if (!closed) {
                parts.push(part);
                return part;
            }
        }
        close(part);
        throw new IllegalStateException("the program is stopping");
    }

    /** Closes everything once; a part that fails to close does not keep the others from it. */
    @Override
    public void close() {
        synchronized (parts) {
            closed = true;
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
                    .log("could not be closed");
        }
    }
}
