package dealbrain.accounts;

import dealbrain.database.Words;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.RateLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
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

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private final NetworkLocks locks = new NetworkLocks();
    private final TokenDao dao;
    private final AuditLog audit;

    SignInAttempts(Jdbi jdbi) {
        this.dao = jdbi.onDemand(TokenDao.class);
        this.audit = new AuditLog(jdbi);
    }

    /**
     * Checks a password within the limits, and records a failure in the audit log. Two statements more than
     * {@code passwordCheck} has.
     *
     * @param network       the {@link dealbrain.http.Request#network} of the client
     * @param passwordCheck returns empty if the password is wrong
     * @throws ProblemException too many requests; unavailable: too many attempts of the network are waiting; that of
     *                          {@code passwordCheck}
     */
    <T> Optional<T> check(String username, String network, Supplier<Optional<T>> passwordCheck) {
        try (NetworkLocks.Held _ = locks.acquire(network, LOCK_TIMEOUT).orElseThrow(SignInAttempts::overloaded)) {
            return checkLocked(Words.foldName(username), network, passwordCheck);
        }
    }

    private static ProblemException overloaded() {
        return ProblemException.unavailable(
                "too many sign-ins from your address at the same time; try again in a second", Duration.ofSeconds(1));
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
        } else {
            audit.recordFailedSignIn(username, network);
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
