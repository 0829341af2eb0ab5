package dealbrain.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory of bodies that are being read. A body takes memory as its bytes arrive, not by its declared length, so
 * that a client holds no more than it has sent. Thread-safe.
 *
 * <p>A body may grow while the budget and the share of its user last. Bodies that all wait for each other's memory
 * would never end. Therefore the oldest body may always grow, above the budget too, and the oldest body of a user above
 * the share. While a body waits, the slowest of the others are aborted if they are slower than {@link
 * #MIN_BYTES_PER_SECOND}: a client that sends slowly, or stops half way, cannot hold memory that others need.
 */
final class ReadingBudget {
    /** Applies only while other bodies wait. Then a client that is slower loses its connection. */
    static final int MIN_BYTES_PER_SECOND = 64 * 1024;

    /** A body is not judged by its rate before this time. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(100);

    private final long capacity;
    private final long share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** The bodies that hold memory, the oldest first. */
    private final Set<Body> bodies = new LinkedHashSet<>();

    private long held;
    private long lastAbort = System.nanoTime();

    ReadingBudget(long capacity, long share) {
        this.capacity = capacity;
        this.share = share;
    }

    /** A body that is being read by one thread. Holds memory until it is closed. */
    final class Body implements AutoCloseable {
        private final String user;
        private final Thread thread = Thread.currentThread();
        private final long start = System.nanoTime();
        private long waitedNanos;
        private long bytesRead;
        private long bytesHeld;
        private boolean reading;
        private boolean aborted;

        Body(String user) {
            this.user = user;
        }

        /**
         * Reads some bytes, as {@link InputStream#read(byte[], int, int)}.
         *
         * @throws IOException also if the body was aborted because it was too slow
         */
        int read(InputStream in, byte[] buffer, int offset) throws IOException {
            begin();
            int count = -1;
            try {
                count = in.read(buffer, offset, buffer.length - offset);
            } finally {
                end(count);
            }
            if (aborted) {
                throw new IOException("the body is too slow while others wait");
            }
            return count;
        }

        private void begin() {
            lock.lock();
            try {
                reading = bytesHeld > 0;
            } finally {
                lock.unlock();
            }
        }

        private void end(int count) {
            lock.lock();
            try {
                reading = false;
                bytesRead += Math.max(0, count);
                if (aborted) {
                    Thread.interrupted(); // the interrupt was for this read
                }
            } finally {
                lock.unlock();
            }
        }

        /**
         * Waits until the body may use {@code bytes} more bytes.
         *
         * @throws ProblemException unavailable: there was not enough memory in time
         */
        void grow(int bytes) {
            lock.lock();
            try {
                bodies.add(this);
                awaitMemory(bytes);
                held += bytes;
                bytesHeld += bytes;
            } finally {
                lock.unlock();
            }
        }

        private void awaitMemory(int bytes) {
            long begin = System.nanoTime();
            try {
                while (!mayGrow(bytes)) {
                    if (System.nanoTime() - begin > BodyMemoryBudget.MAX_WAIT.toNanos()) {
                        throw BodyMemoryBudget.exhausted();
                    }
                    abortSlowest();
                    changed.awaitNanos(POLL.toNanos());
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw BodyMemoryBudget.exhausted();
            } finally {
                waitedNanos += System.nanoTime() - begin;
            }
        }

        private boolean mayGrow(int bytes) {
            if (this == bodies.iterator().next()) {
                return true;
            }
            return held + bytes <= capacity && (heldByUser() + bytes <= share || isOldestOfUser());
        }

        private long heldByUser() {
            return bodies.stream()
                    .filter(body -> body.user.equals(user))
                    .mapToLong(body -> body.bytesHeld)
                    .sum();
        }

        private boolean isOldestOfUser() {
            return this
                    == bodies.stream()
                            .filter(body -> body.user.equals(user))
                            .findFirst()
                            .orElse(null);
        }

        private long sendingNanos() {
            return System.nanoTime() - start - waitedNanos;
        }

        private double bytesPerSecond() {
            return bytesRead * 1e9 / sendingNanos();
        }

        private boolean isTooSlow() {
            return reading && !aborted && sendingNanos() > GRACE.toNanos() && bytesPerSecond() < MIN_BYTES_PER_SECOND;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (bodies.remove(this)) {
                    held -= bytesHeld;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Ends the reads of the slowest bodies that hold a quarter of the budget. The interrupt closes their connections.
     */
    private void abortSlowest() {
        long now = System.nanoTime();
        if (now - lastAbort < POLL.toNanos()) {
            return; // many bodies may wait
        }
        lastAbort = now;
        long freed = 0;
        Iterator<Body> slow = bodies.stream()
                .filter(Body::isTooSlow)
                .sorted(Comparator.comparingDouble(Body::bytesPerSecond))
                .iterator();
        while (freed < capacity / 4 && slow.hasNext()) {
            Body slowest = slow.next();
            slowest.aborted = true;
            slowest.thread.interrupt();
            freed += slowest.bytesHeld;
        }
    }
}
