package dealbrain.accounts;

import dealbrain.http.PageRequest;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/**
 * Tokens: 256 random bits behind {@code dbt_}, of which only the SHA-256 is stored. That needs no salt and no slow hash, as
 * there is nothing to guess. Safe for use by many threads.
 */
public final class TokenService {
    static final ProblemType INVALID_CREDENTIALS = ProblemType.unauthorized(
            "invalid-credentials",
            "Wrong username or password",
            "Check both. After five wrong tries within a minute you have to wait, and so has your address after thirty.");

    private static final Pattern TOKEN = Pattern.compile("dbt_[A-Za-z0-9_-]{43}");

    private final SecureRandom random = new SecureRandom();
    private final TokenDao tokens;
    private final UserDao users;
    private final Passwords passwords;
    private final PasswordTries tries;

    public TokenService(Jdbi jdbi, Passwords passwords) {
        this.tokens = jdbi.onDemand(TokenDao.class);
        this.users = jdbi.onDemand(UserDao.class);
        this.passwords = passwords;
        this.tries = new PasswordTries(jdbi);
    }

    /**
     * Makes a token for a username and a password. Answers and takes the time alike for an unknown user.
     *
     * @param address where the try comes from; there is a limit for each user and address, and one for each address
     * @throws ProblemException invalid credentials; too many requests; unavailable, when too many passwords wait to be checked
     */
    public NewToken signIn(SignIn input, String address) {
        long userId = tries.check(input.username(), address, () -> holder(input))
                .orElseThrow(() -> new ProblemException(
                        INVALID_CREDENTIALS,
                        "the username or the password is wrong",
                        Map.of("WWW-Authenticate", "Bearer")));
        return create(userId, input);
    }

    private Optional<Long> holder(SignIn input) {
        Optional<UserDao.Credentials> found = users.credentials(input.username());
        boolean right = found.map(it -> passwords.matches(input.password(), it.passwordHash()))
                .orElseGet(() -> passwords.matchesNobody(input.password()));
        return found.filter(_ -> right).map(UserDao.Credentials::id);
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
    public PagedList<AccessToken> list(User user, PageRequest page) {
        return new PagedList<>(tokens.list(user.id(), page.limit(), page.offset()), tokens.count(user.id()), page);
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

    /** Deletes at most {@code batch} of the tokens that expired more than so many days ago; returns how many. One statement. */
    public int deleteExpired(int days, int batch) {
        return tokens.deleteExpired(days, batch);
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
