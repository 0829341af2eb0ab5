package dealbrain.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits the memory that the bodies of all requests use at the same time. Thread-safe.
 *
 * <p>There are three budgets, each a fair semaphore with one permit for each byte. A large body needs permits for its
 * bytes before it is read ({@code reading}), and again before it is parsed ({@code parsing}). The second budget is much
 * smaller, because the parsed form takes up to fifty times the memory of the text. A small body is read without
 * permits. It is parsed with permits of another budget ({@code parsingSmall}), so that it does not queue behind large
 * ones. A request that waits longer than {@code MAX_WAIT} is rejected with 503.
 */
final class BodyMemoryBudget {
    static final int MAX_SMALL_BODY = 16 * 1024;
    private static final int MAX_READING = 8 * Route.ONE_MEBIBYTE;
    private static final int MAX_PARSING = Route.ONE_MEBIBYTE;
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final Semaphore reading = new Semaphore(MAX_READING, true);
    private final Semaphore parsing = new Semaphore(MAX_PARSING, true);
    private final Semaphore parsingSmall = new Semaphore(MAX_PARSING / 2, true);

    /** The permits of one request, until it is closed. Not thread-safe. */
    final class Reservation implements AutoCloseable {
        private int readingBytes;
        private int parsingBytes;
        private int parsingSmallBytes;

        /** Waits until a body of up to {@code bytes} bytes may be read. */
        void reserveForReading(int bytes) {
            if (bytes > MAX_SMALL_BODY) {
                // a body that exceeds the budget takes all of it: it is read alone, instead of never
                int permits = Math.min(bytes, MAX_READING);
                acquire(reading, permits);
                readingBytes = permits;
            }
        }

        /** Waits until a body of {@code bytes} bytes may be parsed. */
        void reserveForParsing(int bytes) {
            if (bytes > MAX_SMALL_BODY) {
                int permits = Math.min(bytes, MAX_PARSING);
                acquire(parsing, permits);
                parsingBytes = permits;
            } else {
                acquire(parsingSmall, bytes);
                parsingSmallBytes = bytes;
            }
        }

        @Override
        public void close() {
            release(reading, readingBytes);
            release(parsing, parsingBytes);
            release(parsingSmall, parsingSmallBytes);
            readingBytes = 0;
            parsingBytes = 0;
            parsingSmallBytes = 0;
        }
    }

    Reservation newReservation() {
        return new Reservation();
    }

    private static void acquire(Semaphore semaphore, int bytes) {
        try {
            if (semaphore.tryAcquire(bytes, MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable(
                "the server is processing too many large bodies; retry in a second", Duration.ofSeconds(1));
    }

    /** Skips empty releases: most requests have no body, and each release contends for the lock of the semaphore. */
    private static void release(Semaphore semaphore, int bytes) {
        if (bytes > 0) {
            semaphore.release(bytes);
        }
    }
}
