package dealbrain.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory that the bodies of all requests take together. A body is a few bytes a value, what is made of it up to
 * fifty; so few large ones are read at once, and fewer parsed, while small ones pass them by. Who waits too long is answered 503.
 * Safe for use by many threads.
 */
final class BodyMemoryBudget {
    static final int SMALL = 16 * 1024;
    private static final int MOST_READ = 8 * Route.ONE_MEBIBYTE;
    private static final int MOST_PARSED = Route.ONE_MEBIBYTE;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Semaphore read = new Semaphore(MOST_READ, true);
    private final Semaphore parsed = new Semaphore(MOST_PARSED, true);
    private final Semaphore parsedSmall = new Semaphore(MOST_PARSED / 2, true);

    /** What one request has of it, until it is closed. Used by one thread. */
    final class Share implements AutoCloseable {
        private int beingRead;
        private int large;
        private int small;

        /** Waits until a body of up to this many bytes may be read. */
        void awaitRead(int bytes) {
            if (bytes > SMALL) {
                await(read, Math.min(bytes, MOST_READ));
                beingRead = Math.min(bytes, MOST_READ);
            }
        }

        /** Waits until a body of this many bytes may be parsed. */
        void awaitParsed(int bytes) {
            if (bytes > SMALL) {
                await(parsed, Math.min(bytes, MOST_PARSED));
                large = Math.min(bytes, MOST_PARSED);
            } else {
                await(parsedSmall, bytes);
                small = bytes;
            }
        }

        @Override
        public void close() {
            release(read, beingRead);
            release(parsed, large);
            release(parsedSmall, small);
            beingRead = 0;
            large = 0;
            small = 0;
        }
    }

    Share share() {
        return new Share();
    }

    /** Most requests have no body: a release of nothing would still be a lock that all of them meet at. */
    private static void release(Semaphore semaphore, int bytes) {
        if (bytes > 0) {
            semaphore.release(bytes);
        }
    }

    private static void await(Semaphore semaphore, int bytes) {
        try {
            if (semaphore.tryAcquire(bytes, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable(
                "too many large bodies are being read; try again in a second", Duration.ofSeconds(1));
    }
}
