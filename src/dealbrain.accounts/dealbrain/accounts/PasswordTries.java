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
 * The limits of guessing passwords: so many wrong ones a minute for a user and an address, and for an address with all
 * its users. Safe for use by many threads.
 */
final class PasswordTries {
    static final int OF_A_USER = 5;
    static final int OF_AN_ADDRESS = 30;

    private static final int PATIENCE_SECONDS = 10;

    /** The tries from one address take turns: each is counted before it is known to be right. */
    private final Lock[] turns = Stream.generate(ReentrantLock::new).limit(256).toArray(Lock[]::new);

    private final TokenDao dao;

    PasswordTries(Jdbi jdbi) {
        this.dao = jdbi.onDemand(TokenDao.class);
    }

    /** What an address is counted by: itself, but by its first 64 bits in IPv6, as whoever has one has 2⁶⁴ of them. */
    static String network(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
                : address.getHostAddress();
    }

    /**
     * Tries a password. Two statements beside those of the work.
     *
     * @param address of {@link #network}
     * @param work    empty when the password is wrong
     * @throws ProblemException too many requests; unavailable, when too many from there wait for their turn; what the work throws
     */
    <T> Optional<T> check(String username, String address, Supplier<Optional<T>> work) {
        Lock turn = turns[Math.floorMod(address.hashCode(), turns.length)];
        await(turn);
        try {
            return checkAlone(username, address, work);
        } finally {
            turn.unlock();
        }
    }

    private static void await(Lock turn) {
        try {
            if (turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Passwords.busy();
    }

    private <T> Optional<T> checkAlone(String username, String address, Supplier<Optional<T>> work) {
        requireWithin(dao.countTry(username, address, OF_A_USER));
        Optional<T> right;
        try {
            right = work.get();
        } catch (RuntimeException e) {
            dao.takeBackTry(username, address); // it told nobody whether the password is right
            throw e;
        }
        if (right.isPresent()) {
            dao.forgetTries(username, address);
        }
        return right;
    }

    private static void requireWithin(TokenDao.Failures tries) {
        if (tries.ofUser() > OF_A_USER) {
            throw exceeded(OF_A_USER, "five sign-ins failed within a minute", tries.userResetSeconds());
        }
        if (tries.ofAddress() > OF_AN_ADDRESS) {
            throw exceeded(
                    OF_AN_ADDRESS,
                    "too many sign-ins from your address failed within a minute",
                    tries.addressResetSeconds());
        }
    }

    private static ProblemException exceeded(int limit, String why, long seconds) {
        return new RateLimit("sign-in", limit, 0, 60, seconds)
                .exceeded(ProblemType.TOO_MANY_REQUESTS, why + "; try again in " + seconds + " seconds");
    }
}
