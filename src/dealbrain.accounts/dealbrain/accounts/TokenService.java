package dealbrain.accounts;

import dealbrain.accounts.TokenHandler.SignIn;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.database.Words;
import dealbrain.http.ListCursors;
import dealbrain.http.PageQuery;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/**
 * Access tokens: {@code dbt_} and 256 random bits. Only the SHA-256 hash is stored. It needs no salt and no slow hash
 * function, as 256 random bits cannot be guessed. Thread-safe.
 */
final class TokenService {
    static final ProblemType INVALID_CREDENTIALS = ProblemType.unauthorized(
            "invalid-credentials",
            "Wrong username or password",
            "Check both. Within a minute, an address has five failed attempts for each user, and thirty in total.");

    private static final String TOKEN_PREFIX = "dbt_";
    private static final String SESSION_PREFIX = "dbs_";
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final SecureRandom random = new SecureRandom();
    private final Jdbi jdbi;
    private final TokenDao tokens;
    private final UserDao users;
    private final PasswordHasher passwords;
    private final SignInAttempts attempts;
    private final AuditLog audit;

    TokenService(Jdbi jdbi, PasswordHasher passwords) {
        this.jdbi = jdbi;
        this.tokens = jdbi.onDemand(TokenDao.class);
        this.users = jdbi.onDemand(UserDao.class);
        this.passwords = passwords;
        this.attempts = new SignInAttempts(jdbi);
        this.audit = new AuditLog(jdbi);
    }

    /**
     * Creates a token for a username and a password. Response and response time do not reveal whether the user exists.
     *
     * @param network the {@link dealbrain.http.Request#network} of the client; failed attempts are limited for each
     *                user and network, and for each network
     * @throws ProblemException invalid credentials; account disabled; one-time password expired; too many requests;
     *                          unavailable: too many passwords wait to be hashed
     */
    NewToken signIn(SignIn input, String network) {
        return signIn(input, network, false);
    }

    /** Starts the session of a browser for a username and a password, as {@link #signIn} creates a token. */
    NewToken startSession(SignIn input, String network) {
        return signIn(input, network, true);
    }

    private NewToken signIn(SignIn input, String network, boolean session) {
        UserDao.Credentials credentials = attempts.check(
                        input.username(), network, () -> userWithPassword(input, HashClient.signIn(network)))
                .orElseThrow(() -> new ProblemException(
                        INVALID_CREDENTIALS,
                        "the username or the password is wrong",
                        Map.of("WWW-Authenticate", "Bearer")));
        return Transactions.inTransaction(jdbi, () -> {
            requireUsable(credentials);
            NewToken created = create(credentials.id(), input, session);
            audit.recordOf(
                    credentials.id(),
                    AuditAction.SIGNED_IN,
                    target(created.id()),
                    Map.of(session ? "session" : "scope", session ? true : created.scope()));
            return created;
        });
    }

    private static AuditTarget target(long tokenId) {
        return AuditTarget.of("token", tokenId);
    }

    /** Checks this after the password, so that only those who know it learn the state of the account. */
    private void requireUsable(UserDao.Credentials credentials) {
        if (credentials.isDisabled()) {
            throw AccountProblems.disabled();
        }
        if (credentials.hasOneTimePassword()
                && users.useOneTimePassword(credentials.id(), credentials.passwordHash()) == 0) {
            throw AccountProblems.oneTimePasswordExpired();
        }
    }

    /** Hashes the password for an unknown user too, so that both take the same time. */
    private Optional<UserDao.Credentials> userWithPassword(SignIn input, HashClient client) {
        Optional<UserDao.Credentials> found = users.findCredentials(Words.foldName(input.username()));
        boolean matches = found.map(it -> passwords.matches(input.password(), it.passwordHash(), client))
                .orElseGet(() -> passwords.matchesNothing(input.password(), client));
        return found.filter(_ -> matches);
    }

    private NewToken create(long userId, SignIn input, boolean session) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = (session ? SESSION_PREFIX : TOKEN_PREFIX)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        AccessToken created = tokens.insert(
                userId, input.name(), input.scope(), ReadableSecret.sha256(token), input.expiresInDays(), session);
        return new NewToken(
                created.id(), created.name(), created.scope(), token, created.createdAt(), created.expiresAt());
    }

    /** Creates a token that does not expire, without checking a password. One statement. */
    NewToken create(User user, String name, Scope scope) {
        return create(user.id(), new SignIn(user.username(), "", name, scope, null), false);
    }

    /**
     * Starts a session for a user whom a proxy has authenticated. Three statements.
     *
     * @throws ProblemException account disabled
     */
    NewToken startSession(User user, String name, int days) {
        return Transactions.inTransaction(jdbi, () -> {
            NewToken created = create(user.id(), new SignIn(user.username(), "", name, Scope.WRITE, days), true);
            if (ofSession(created.token()).orElseThrow().isDisabled()) {
                throw AccountProblems.disabled();
            }
            audit.recordOf(
                    user.id(), AuditAction.SIGNED_IN, target(created.id()), Map.of("session", true, "by", "proxy"));
            return created;
        });
    }

    /**
     * Returns the user whose token this is; empty if the token is not valid or the user is disabled. One statement, none
     * for a malformed token.
     */
    Optional<User> holder(String token) {
        return bearer(token).filter(found -> !found.isDisabled()).map(TokenDao.Bearer::user);
    }

    /** Returns the holder of a token, who may be disabled; otherwise as {@link #holder}. */
    Optional<TokenDao.Bearer> bearer(String token) {
        return find(TOKEN_PREFIX, token);
    }

    /** Returns the holder of the secret of a session, as {@link #bearer}. */
    Optional<TokenDao.Bearer> ofSession(String secret) {
        return find(SESSION_PREFIX, secret);
    }

    /** The prefix is a part of what is hashed, so that a token is no session, and a session no token. */
    private Optional<TokenDao.Bearer> find(String prefix, String secret) {
        boolean isWellFormed = secret.startsWith(prefix)
                && SECRET.matcher(secret.substring(prefix.length())).matches();
        return isWellFormed ? tokens.find(ReadableSecret.sha256(secret)) : Optional.empty();
    }

    /** Returns the user's tokens without their secrets, newest first. One statement. */
    PagedList<AccessToken> list(User user, PageQuery query) {
        ListCursors cursors = new ListCursors(query, "tokens", user.id());
        PagedRows<AccessToken> found = tokens.list(
                user.id(),
                cursors.startOfHighest(),
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        return PagedList.of(query, found.rows(), found.counted(), found.next(token -> cursors.after(token.id())));
    }

    /**
     * Deletes a token of the user, which is invalid from the next request on. Two statements.
     *
     * @throws ProblemException not found, also if the token belongs to another user
     */
    void delete(User user, long id) {
        Transactions.useTransaction(jdbi, () -> {
            if (tokens.delete(id, user.id()) == 0) {
                throw ProblemException.notFound("token", id);
            }
            audit.record(AuditAction.TOKEN_DELETED, user, target(id), Map.of());
        });
    }

    /** Deletes all tokens of the user except {@code exceptId}, which are invalid from the next request on. Two statements. */
    void deleteOthers(User user, long exceptId) {
        Transactions.useTransaction(jdbi, () -> {
            int deleted = tokens.deleteOthers(user.id(), exceptId);
            audit.record(AuditAction.OTHER_TOKENS_DELETED, user, AuditTarget.of(user), Map.of("deleted", deleted));
        });
    }

    /**
     * Deletes up to {@code batch} tokens that expired more than {@code days} days ago; returns their number. One
     * statement.
     */
    int deleteExpired(int days, int batch) {
        return tokens.deleteExpired(days, batch);
    }
}
