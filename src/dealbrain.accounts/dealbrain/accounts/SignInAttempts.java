package dealbrain.accounts;

import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.RateLimit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * Limits failed sign-ins: per minute five for a user and a network, and thirty for a network with all its users.
 * Thread-safe.
 *
 * <p>An attempt is counted in the database before its password is checked, so that concurrent attempts cannot exceed
 * the limit, on any number of instances. A success is taken back, but until then it uses up the limit like a failure.
 * Therefore an instance checks the attempts of a network one at a time.
 */
final class SignInAttempts {
    static final int USER_LIMIT = 5;
    static final int NETWORK_LIMIT = 30;

    private static final int LOCK_TIMEOUT_SECONDS = 10;

    /** A network has the lock of its hash code. */
    private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(256).toArray(Lock[]::new);

    private final TokenDao dao;

    SignInAttempts(Jdbi jdbi) {
        this.dao = jdbi.onDemand(TokenDao.class);
    }

    /**
     * Returns an IPv4 address unchanged, and the first 64 bits of an IPv6 address, because a client usually has such a
     * network.
     */
    static String network(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
                : address.getHostAddress();
    }

    /**
     * Checks a password within the limits. Two statements more than {@code passwordCheck} has.
     *
     * @param network       of {@link #network}
     * @param passwordCheck returns empty if the password is wrong
     * @throws ProblemException too many requests; unavailable: too many attempts of the network are waiting; that of
     *                          {@code passwordCheck}
     */
    <T> Optional<T> check(String username, String network, Supplier<Optional<T>> passwordCheck) {
        Lock lock = locks[Math.floorMod(network.hashCode(), locks.length)];
        acquire(lock);
        try {
            return checkLocked(username, network, passwordCheck);
        } finally {
            lock.unlock();
        }
    }

    private static void acquire(Lock lock) {
        try {
            if (lock.tryLock(LOCK_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw PasswordHasher.overloaded();
    }

    private <T> Optional<T> checkLocked(String username, String network, Supplier<Optional<T>> passwordCheck) {
        requireWithin(dao.countAttempt(username, network, USER_LIMIT));
        Optional<T> result;
        try {
            result = passwordCheck.get();
        } catch (RuntimeException e) {
            dao.uncountAttempt(username, network); // the client has not learned whether the password is right
            throw e;
        }
        if (result.isPresent()) {
            dao.resetAttempts(username, network);
        }
        return result;
    }

    private static void requireWithin(TokenDao.AttemptCounts attempts) {
        if (attempts.ofUser() > USER_LIMIT) {
            throw exceeded(USER_LIMIT, "five sign-ins failed within a minute", attempts.userResetSeconds());
        }
        if (attempts.ofNetwork() > NETWORK_LIMIT) {
            throw exceeded(
                    NETWORK_LIMIT,
                    "too many sign-ins from your address failed within a minute",
                    attempts.networkResetSeconds());
        }
    }

    private static ProblemException exceeded(int limit, String reason, long seconds) {
        return new RateLimit("sign-in", limit, 0, 60, seconds)
                .exceeded(ProblemType.TOO_MANY_REQUESTS, reason + "; try again in " + seconds + " seconds");
    }
}
