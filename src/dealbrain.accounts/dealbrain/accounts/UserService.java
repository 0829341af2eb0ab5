package dealbrain.accounts;

import dealbrain.accounts.UserHandler.SignUp;
import dealbrain.accounts.UserHandler.UserChange;
import dealbrain.accounts.UserHandler.UserQuery;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.database.UniqueKeys;
import dealbrain.database.Words;
import dealbrain.http.IfMatch;
import dealbrain.http.ListCursors;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The rules of users: who can sign up, and what users can change. Thread-safe. */
final class UserService {
    static final ProblemType SIGNUP_CLOSED = ProblemType.forbidden(
            "signup-closed", "Sign-up is closed", "Only the operator of this server creates accounts. Ask for one.");
    static final ProblemType USERNAME_TAKEN = ProblemType.conflict(
            "username-taken",
            "The username is taken",
            "Choose another username. Upper and lower case make no difference.");
    static final ProblemType EMAIL_TAKEN = ProblemType.conflict(
            "email-taken",
            "The e-mail address is taken",
            "An account with this address exists. Sign in to it, or use another address.");

    /** Reserved: the application creates these accounts, with extra rights. */
    private static final Set<String> RESERVED = Set.of("admin", "demo");

    private final Jdbi jdbi;
    private final UserDao dao;
    private final UniqueKeys keys;
    private final TokenDao tokens;
    private final PasswordHasher passwords;
    private final SignInAttempts attempts;
    private final AuditLog audit;
    private final SignUpLimit signUps;
    private final boolean signupOpen;

    UserService(Jdbi jdbi, PasswordHasher passwords, SignUpLimit signUps, boolean signupOpen) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(UserDao.class);
        this.keys = jdbi.onDemand(UniqueKeys.class);
        this.tokens = jdbi.onDemand(TokenDao.class);
        this.passwords = passwords;
        this.attempts = new SignInAttempts(jdbi);
        this.audit = new AuditLog(jdbi);
        this.signUps = signUps;
        this.signupOpen = signupOpen;
    }

    /**
     * Creates a user. One statement.
     *
     * @param network the {@link dealbrain.http.Request#network} of the client, whose sign-ups are limited
     * @throws ProblemException sign-up closed; username taken; e-mail address taken; too many requests; unavailable:
     *                          too many passwords wait to be hashed
     */
    User signUp(SignUp input, String network) {
        if (!signupOpen) {
            throw new ProblemException(
                    SIGNUP_CLOSED, "sign-up is closed on this server; ask its operator for an account");
        }
        if (RESERVED.contains(Words.foldName(input.username()))) {
            throw usernameTaken(input.username());
        }
        signUps.count(network);
        return create(input, HashClient.signUp(network));
    }

    /** Creates a user as {@link #signUp}, also if sign-up is closed or the username is reserved. */
    User create(SignUp input) {
        return create(input, HashClient.APPLICATION);
    }

    private User create(SignUp input, HashClient client) {
        String hash = passwords.hash(input.password(), client);
        try {
            return dao.insert(input.username(), input.email(), input.displayName(), hash, Role.USER);
        } catch (UnableToExecuteStatementException e) {
            throw problem(e, input.username(), input.email());
        }
    }

    private static RuntimeException problem(
            UnableToExecuteStatementException e, String username, @Nullable String email) {
        return switch (ConstraintViolation.of(e)
                .map(ConstraintViolation::constraint)
                .orElse("")) {
            case "user_account_username_key" -> usernameTaken(username);
            case "user_account_email_key" ->
                new ProblemException(EMAIL_TAKEN, "an account with the e-mail address " + email + " exists");
            default -> e;
        };
    }

    private static ProblemException usernameTaken(String username) {
        return new ProblemException(USERNAME_TAKEN, "the username " + username + " is taken; choose another");
    }

    /**
     * Returns the users whose names begin with {@code q}, ignoring case, in the order of their names. One statement.
     */
    PagedList<PublicUser> search(UserQuery query) {
        ListCursors cursors = new ListCursors(query, "users");
        PagedRows<PublicUser> found = dao.search(
                Words.foldName(query.q()),
                cursors.start().map(keys -> keys.text(0)).orElse(""),
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        return PagedList.of(
                query,
                found.rows(),
                found.counted(),
                found.next(user -> cursors.after(Words.foldName(user.username()))));
    }

    /** Returns a user by name, ignoring case. One statement. */
    Optional<User> find(String username) {
        return dao.find(Words.foldName(username));
    }

    /** The authenticated user, the token of the request, and the client's network. */
    record Caller(User user, long tokenId, String network) {}

    /**
     * Changes the caller's account. A new password deletes the user's other tokens. A wrong current password counts as
     * a failed sign-in.
     *
     * @param edit returns the new state for a stored one; called once without a lock and again in each transaction
     * @throws ProblemException precondition failed; e-mail address taken; invalid, also if the current password is
     *                          wrong; too many requests; unavailable: too many passwords wait to be hashed
     */
    User update(Caller caller, IfMatch condition, UnaryOperator<UserChange> edit) {
        User user = caller.user();
        Optional<PasswordChange> password = passwordChange(caller, edit.apply(UserChange.of(user)));
        return Transactions.inTransaction(jdbi, () -> {
            User stored = dao.lock(user.id()).orElseThrow(() -> ProblemException.notFound("user", user.id()));
            condition.require(stored);
            UserChange change = edit.apply(UserChange.of(stored));
            if (change.email() != null && !change.email().equals(stored.email())) {
                keys.lock();
            }
            String hash = password.map(it -> it.hashToStore(dao.findCredentials(user.id())))
                    .orElse(null);
            if (hash != null) {
                tokens.deleteOthers(user.id(), caller.tokenId());
                audit.record(AuditAction.PASSWORD_CHANGED, user, AuditTarget.of(user), Map.of());
            }
            try {
                return dao.update(user.id(), change.displayName(), change.email(), hash);
            } catch (UnableToExecuteStatementException e) {
                throw problem(e, user.username(), change.email());
            }
        });
    }

    /** Hashes before the transaction, which would hold a connection while it waits for the hash. */
    private Optional<PasswordChange> passwordChange(Caller caller, UserChange change) {
        if (change.password() == null) {
            return Optional.empty();
        }
        String current = change.currentPassword();
        if (current == null) {
            throw wrongPassword();
        }
        HashClient client = HashClient.passwordChange(caller.network());
        String checked = attempts.check(
                        caller.user().username(),
                        caller.network(),
                        () -> dao.findCredentials(caller.user().id())
                                .map(UserDao.Credentials::passwordHash)
                                .filter(hash -> passwords.matches(current, hash, client)))
                .orElseThrow(UserService::wrongPassword);
        return Optional.of(new PasswordChange(checked, passwords.hash(change.password(), client)));
    }

    private static ProblemException wrongPassword() {
        return ProblemException.invalid(
                "/current_password",
                "current_password must be the current password of the account when password is set");
    }

    /**
     * A new password.
     *
     * @param checkedHash the stored hash that the current password was checked against
     * @param newHash     the hash to store
     */
    private record PasswordChange(String checkedHash, String newHash) {
        /** Throws if the password was changed since the check: of two concurrent changes only the first succeeds. */
        String hashToStore(Optional<UserDao.Credentials> stored) {
            return stored.map(UserDao.Credentials::passwordHash)
                    .filter(checkedHash::equals)
                    .map(_ -> newHash)
                    .orElseThrow(UserService::wrongPassword);
        }
    }

    /**
     * Creates the administrator {@code username}, or makes the user an administrator with this password. Two statements.
     */
    void setAdmin(String username, String password) {
        String hash = passwords.hash(password, HashClient.APPLICATION);
        Transactions.useTransaction(jdbi, () -> {
            dao.upsertAdmin(username, hash);
            audit.record(
                    AuditAction.PASSWORD_CHANGED,
                    null,
                    new AuditTarget(AuditTarget.USER, null, username),
                    Map.of("role", Role.ADMIN));
        });
    }

    /** Creates the administrator {@code username}; returns false if a user of that name exists. One statement. */
    boolean createAdminIfAbsent(String username, String password) {
        return dao.insertAdmin(username, passwords.hash(password, HashClient.APPLICATION)) == 1;
    }
}
