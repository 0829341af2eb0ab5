package dealbrain.accounts;

import dealbrain.accounts.UserHandler.SignUp;
import dealbrain.accounts.UserHandler.UserChange;
import dealbrain.accounts.UserHandler.UserQuery;
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
import org.jspecify.annotations.Nullable;

/** The rules of users: who can sign up, and what users can change. Thread-safe. */
final class UserService {
    static final ProblemType SIGNUP_CLOSED = ProblemType.forbidden(
            "signup-closed",
            "Sign-up is closed",
            "Ask an administrator of this server for an invitation, and sign up with its code in the member invite.");

    /** Reserved: the application creates these accounts, with extra rights. */
    private static final Set<String> RESERVED = Set.of("admin", "demo");

    private final Jdbi jdbi;
    private final UserDao dao;
    private final UniqueKeys keys;
    private final TokenDao tokens;
    private final InviteDao invites;
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
        this.invites = jdbi.onDemand(InviteDao.class);
        this.passwords = passwords;
        this.attempts = new SignInAttempts(jdbi);
        this.audit = new AuditLog(jdbi);
        this.signUps = signUps;
        this.signupOpen = signupOpen;
    }

    /**
     * Creates a user. One statement, two with an invitation.
     *
     * @param network the {@link dealbrain.http.Request#network} of the client, whose sign-ups are limited
     * @throws ProblemException sign-up closed; invalid invitation; username taken; e-mail address taken; too many
     *                          requests; unavailable: too many passwords wait to be hashed
     */
    User signUp(SignUp input, String network) {
        if (!signupOpen && input.invite() == null) {
            throw new ProblemException(
                    SIGNUP_CLOSED, "sign-up is closed on this server; ask an administrator for an invitation");
        }
        if (RESERVED.contains(Words.foldName(input.username()))) {
            throw AccountProblems.usernameTaken(input.username());
        }
        signUps.count(network);
        return input.invite() == null
                ? create(input, HashClient.signUp(network))
                : signUpInvited(input, ReadableSecret.hash(input.invite()), HashClient.signUp(network));
    }

    /** Checks the code before the password is hashed, and again when it is used: of concurrent sign-ups one succeeds. */
    private User signUpInvited(SignUp input, byte[] code, HashClient client) {
        if (!invites.isValid(code)) {
            throw InviteService.invalid();
        }
        String hash = passwords.hash(input.password(), client);
        return AccountProblems.translate(input.username(), input.email(), () -> dao.insertInvited(input, hash, code))
                .orElseThrow(InviteService::invalid);
    }

    /** Creates a user as {@link #signUp}, also if sign-up is closed or the username is reserved. */
    User create(SignUp input) {
        return create(input, HashClient.APPLICATION);
    }

    private User create(SignUp input, HashClient client) {
        String hash = passwords.hash(input.password(), client);
        return AccountProblems.translate(input.username(), input.email(), () -> dao.insert(input, hash));
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

    /**
     * The authenticated user, the token of the request, and the client's network.
     *
     * @param hasOneTimePassword whether the user has to choose a password first
     */
    record Caller(User user, long tokenId, String network, boolean hasOneTimePassword) {}

    /**
     * Changes the caller's account. A new password deletes the user's other tokens. A wrong current password counts as
     * a failed sign-in.
     *
     * @param edit returns the new state for a stored one; called once without a lock and again in each transaction
     * @throws ProblemException precondition failed; e-mail address taken; password change required; invalid, also if
     *                          the current password is wrong; too many requests; unavailable: too many passwords wait
     *                          to be hashed
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
            return AccountProblems.translate(
                    user.username(),
                    change.email(),
                    () -> dao.update(stored, change.displayName(), change.email(), hash));
        });
    }

    /** Hashes before the transaction, which would hold a connection while it waits for the hash. */
    private Optional<PasswordChange> passwordChange(Caller caller, UserChange change) {
        if (change.password() == null) {
            if (caller.hasOneTimePassword()) {
                throw AccountProblems.passwordChangeRequired();
            }
            return Optional.empty();
        }
        String checked = checkedHash(caller, change.currentPassword());
        if (caller.hasOneTimePassword() && change.password().equals(change.currentPassword())) {
            throw ProblemException.invalid("/password", "password must differ from the one-time password");
        }
        return Optional.of(new PasswordChange(
                checked, passwords.hash(change.password(), HashClient.passwordChange(caller.network()))));
    }

    /** Returns the stored hash of the caller's current password; throws if it is another password. */
    private String checkedHash(Caller caller, @Nullable String current) {
        if (current == null) {
            throw wrongPassword();
        }
        HashClient client = HashClient.passwordChange(caller.network());
        return attempts.check(
                        caller.user().username(),
                        caller.network(),
                        () -> dao.findCredentials(caller.user().id())
                                .map(UserDao.Credentials::passwordHash)
                                .filter(hash -> passwords.matches(current, hash, client)))
                .orElseThrow(UserService::wrongPassword);
    }

    private static ProblemException wrongPassword() {
        return ProblemException.invalid(
                "/current_password", "current_password must be the current password of the account");
    }

    /**
     * Deletes the caller's account. Its listings that other users hold in collections stay there, without an owner. A
     * wrong password counts as a failed sign-in.
     *
     * @throws ProblemException invalid: the current password is wrong; last administrator; too many requests;
     *                          unavailable: too many passwords wait to be hashed
     */
    void delete(Caller caller, String currentPassword) {
        User user = caller.user();
        String checked = checkedHash(caller, currentPassword);
        Transactions.useTransaction(jdbi, () -> {
            if (user.isAdmin()) {
                dao.lockAdministrators();
            }
            boolean isCurrent = dao.findCredentials(user.id())
                    .filter(stored -> stored.passwordHash().equals(checked))
                    .isPresent();
            if (!isCurrent) {
                throw wrongPassword();
            }
            AccountProblems.translate(user.username(), null, () -> dao.delete(user.id()));
            audit.record(AuditAction.USER_DELETED, user, AuditTarget.of(user), Map.of());
        });
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
     * Creates the administrator {@code username}, or makes the user an enabled administrator with this password. Two
     * statements.
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

    /**
     * Creates the administrator {@code username}. Returns false if an administrator exists who can sign in, or a user of
     * that name. One statement.
     */
    boolean createAdminIfAbsent(String username, String password) {
        return dao.insertAdmin(username, passwords.hash(password, HashClient.APPLICATION)) == 1;
    }
}
