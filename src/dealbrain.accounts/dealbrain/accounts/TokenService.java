package dealbrain.accounts;

import dealbrain.http.Page;
import dealbrain.http.Paged;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.RateLimit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * Tokens: 256 random bits behind {@code dbt_}, of which only the SHA-256 is stored. That needs no salt and no slow hash, as
 * there is nothing to guess. Safe for use by many threads.
 */
public final class TokenService {
    static final ProblemType INVALID_CREDENTIALS = ProblemType.unauthorized("invalid-credentials", "Wrong username or password",
            "Check both. After five wrong tries within a minute you have to wait.");

    private static final Pattern TOKEN = Pattern.compile("dbt_[A-Za-z0-9_-]{43}");
    private static final int TRIES_A_MINUTE = 5;

    private final SecureRandom random = new SecureRandom();
    /** One user's sign-ins from one address take turns: each is counted before it is known to be right. */
    private final Lock[] turns = Stream.generate(ReentrantLock::new).limit(64).toArray(Lock[]::new);
    private final TokenDao tokens;
    private final UserDao users;
    private final Passwords passwords;

    public TokenService(Jdbi jdbi, Passwords passwords) {
        this.tokens = jdbi.onDemand(TokenDao.class);
        this.users = jdbi.onDemand(UserDao.class);
        this.passwords = passwords;
    }

    /**
     * Makes a token for a username and a password. Answers and takes the time alike for an unknown user.
     *
     * @param address where the try comes from; the limit is for each user and address
     * @throws ProblemException invalid credentials, too many requests
     */
    public NewToken signIn(SignIn input, String address) {
        Lock turn = turns[Math.floorMod(Objects.hash(input.username().toLowerCase(Locale.ROOT), address), turns.length)];
        turn.lock();
        try {
            return signInAlone(input, address);
        } finally {
            turn.unlock();
        }
    }

    private NewToken signInAlone(SignIn input, String address) {
        TokenDao.Failures tries = tokens.countTry(input.username(), address);
        if (tries.failures() > TRIES_A_MINUTE) {
            throw new RateLimit("sign-in", TRIES_A_MINUTE, 0, 60, tries.resetSeconds()).exceeded(ProblemType.TOO_MANY_REQUESTS,
                    "five sign-ins failed within a minute; try again in " + tries.resetSeconds() + " seconds");
        }
        Optional<UserDao.Credentials> found = users.credentials(input.username());
        boolean right = found.map(it -> passwords.matches(input.password(), it.passwordHash()))
                .orElseGet(() -> passwords.matchesNobody(input.password()));
        if (!right) {
            throw new ProblemException(INVALID_CREDENTIALS, "the username or the password is wrong", Map.of("WWW-Authenticate", "Bearer"));
        }
        tokens.forgetTries(input.username(), address);
        return create(found.orElseThrow().id(), input);
    }

    /** Makes a token for a user who needs no password now; those in {@code input} are not looked at. One statement. */
    NewToken create(long userId, SignIn input) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = "dbt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        AccessToken made = tokens.insert(userId, input.name(), input.scope(), sha256(token), input.expiresInDays());
        return new NewToken(made.id(), made.name(), made.scope(), token, made.createdAt(), made.expiresAt());
    }

    /** Makes a token that lasts, for the demo and for tests. One statement. */
    public NewToken create(User user, String name, Scope scope) {
        return create(user.id(), new SignIn(user.username(), "", name, scope, null));
    }

    /** Who holds the token; empty when it is not valid. One statement, or none for what cannot be a token. */
    public Optional<User> holder(String token) {
        return bearer(token).map(TokenDao.Bearer::user);
    }

    Optional<TokenDao.Bearer> bearer(String token) {
        return TOKEN.matcher(token).matches() ? tokens.find(sha256(token)) : Optional.empty();
    }

    /** A user's tokens without their secrets, newest first. Two statements. */
    public Paged<AccessToken> list(User user, Page page) {
        return new Paged<>(tokens.list(user.id(), page.limit(), page.offset()), tokens.count(user.id()), page);
    }

    /**
     * Deletes a token, which is dead for the next request.
     *
     * @throws ProblemException not found, also when it is somebody else's
     */
    public void delete(long id, User user) {
        if (tokens.delete(id, user.id()) == 0) {
            throw ProblemException.notFound("token", id);
        }
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
