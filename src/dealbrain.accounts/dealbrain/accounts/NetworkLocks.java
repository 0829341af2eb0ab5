package dealbrain.accounts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A fair lock for each network, so that no network waits for another one. A lock exists while it is used. Thread-safe.
 */
final class NetworkLocks {
    /** The requests of a network that can use its lock, the one that holds it included. */
    static final int MAX_USERS = 64;

    private record NetworkLock(Semaphore semaphore, int users) {
        NetworkLock withUsers(int count) {
            return new NetworkLock(semaphore, count);
        }
    }

    /** A lock that is held. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    private final ConcurrentMap<String, NetworkLock> locks = new ConcurrentHashMap<>();

    /**
     * Acquires the lock of a network, which {@link Held#close} releases; empty if it was not free in time.
     *
     * @throws dealbrain.http.ProblemException too many requests of the network are waiting
     */
    Optional<Held> acquire(String network, Duration timeout) {
        Semaphore semaphore = enter(network).semaphore();
        boolean acquired = false;
        try {
            acquired = semaphore.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!acquired) {
            leave(network);
            return Optional.empty();
        }
        return Optional.of(() -> {
            semaphore.release();
            leave(network);
        });
    }

    private NetworkLock enter(String network) {
        return locks.compute(network, (_, lock) -> {
            if (lock == null) {
                return new NetworkLock(new Semaphore(1, true), 1);
            }
            if (lock.users() >= MAX_USERS) {
                throw FairQueue.tooManyOfNetwork();
            }
            return lock.withUsers(lock.users() + 1);
        });
    }

    private void leave(String network) {
        locks.computeIfPresent(network, (_, lock) -> lock.users() == 1 ? null : lock.withUsers(lock.users() - 1));
    }
}
