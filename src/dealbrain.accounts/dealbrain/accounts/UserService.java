package dealbrain.accounts;

import dealbrain.database.ConstraintViolation;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.Page;
import dealbrain.http.Paged;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The rules of users: signing up, changing oneself, finding others. Safe for use by many threads. */
public final class UserService {
    static final ProblemType SIGNUP_CLOSED = ProblemType.forbidden(
            "signup-closed", "Sign-up is closed", "The operator of this server makes the accounts. Ask them for one.");
    static final ProblemType USERNAME_TAKEN = ProblemType.conflict(
            "username-taken",
            "The username is taken",
            "Somebody has this name, perhaps with other capital letters. Choose another.");
    static final ProblemType EMAIL_TAKEN = ProblemType.conflict(
            "email-taken",
            "The e-mail address is taken",
            "An account with this address exists. Sign in to it, or use another address.");

    /** The program gives these names itself, and to whom has them more than to others. */
    private static final Set<String> RESERVED = Set.of("admin", "demo");

    private final Jdbi jdbi;
    private final UserDao dao;
    private final TokenDao tokens;
    private final Passwords passwords;
    private final PasswordTries tries;
    private final boolean open;

    /**
     * Users of this database.
     *
     * @param open whether anybody may sign up
     */
    public UserService(Jdbi jdbi, Passwords passwords, boolean open) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(UserDao.class);
        this.tokens = jdbi.onDemand(TokenDao.class);
        this.passwords = passwords;
        this.tries = new PasswordTries(jdbi);
        this.open = open;
    }

    /**
     * Makes a user. One statement.
     *
     * @throws ProblemException sign-up closed; username taken; e-mail address taken; unavailable, when too many passwords wait to be hashed
     */
    public User signUp(SignUp input) {
        if (!open) {
            throw new ProblemException(
                    SIGNUP_CLOSED, "this server takes no new users by itself; ask its operator for an account");
        }
        if (RESERVED.contains(input.username().toLowerCase(Locale.ROOT))) {
            throw new ProblemException(
                    USERNAME_TAKEN, "the username " + input.username() + " is taken; choose another");
        }
        return create(input);
    }

    /** Makes a user whether or not sign-up is open. One statement. */
    public User create(SignUp input) {
        String hash = passwords.hash(input.password());
        try {
            return dao.insert(input.username(), input.email(), input.displayName(), hash, Role.USER);
        } catch (UnableToExecuteStatementException e) {
            throw taken(e, input.username(), input.email());
        }
    }

    private static RuntimeException taken(
            UnableToExecuteStatementException e, String username, @Nullable String email) {
        return switch (ConstraintViolation.of(e)
                .map(ConstraintViolation::constraint)
                .orElse("")) {
            case "user_account_username_key" ->
                new ProblemException(USERNAME_TAKEN, "the username " + username + " is taken; choose another");
            case "user_account_email_key" ->
                new ProblemException(EMAIL_TAKEN, "there is an account with the address " + email);
            default -> e;
        };
    }

    /** Users whose names begin so, in either case, in the order of their names. Two statements. */
    public Paged<PublicUser> search(String prefix, Page page) {
        return new Paged<>(dao.search(prefix, page.limit(), page.offset()), dao.countMatches(prefix), page);
    }

    public Optional<User> find(String username) {
        return dao.findByUsername(username);
    }

    /**
     * Changes what users may change of themselves. A new password ends their tokens, but for the one that asks. Wrong current
     * passwords count as sign-ins that failed.
     *
     * @throws ProblemException precondition failed; e-mail address taken; invalid, also when the current password is not right;
     *                          too many requests; unavailable, when too many passwords wait to be checked
     */
    User update(Asking asking, IfMatch condition, UnaryOperator<UserChange> edit) {
        User user = asking.user();
        Optional<NewPassword> password = newPassword(asking, edit.apply(UserChange.of(user)));
        return Transactions.inTransaction(jdbi, () -> {
            User stored = dao.lock(user.id()).orElseThrow(() -> ProblemException.notFound("user", user.id()));
            condition.require(stored);
            UserChange change = edit.apply(UserChange.of(stored));
            String hash = password.map(it -> it.hashToReplace(dao.credentials(user.id())))
                    .orElse(null);
            if (hash != null) {
                tokens.deleteOthers(user.id(), asking.tokenId());
            }
            try {
                return dao.update(user.id(), change.displayName(), change.email(), hash);
            } catch (UnableToExecuteStatementException e) {
                throw taken(e, user.username(), change.email());
            }
        });
    }

    /** Who asks, by which token, and from which {@link PasswordTries#network}. */
    record Asking(User user, long tokenId, String address) {}

    /** Hashes outside of the transaction, in which it would keep a connection from everybody else. */
    private Optional<NewPassword> newPassword(Asking asking, UserChange change) {
        if (change.password() == null) {
            return Optional.empty();
        }
        String current = change.currentPassword();
        if (current == null) {
            throw wrongPassword();
        }
        String known = tries.check(
                        asking.user().username(),
                        asking.address(),
                        () -> dao.credentials(asking.user().id())
                                .map(UserDao.Credentials::passwordHash)
                                .filter(hash -> passwords.matches(current, hash)))
                .orElseThrow(UserService::wrongPassword);
        return Optional.of(new NewPassword(known, passwords.hash(change.password())));
    }

    private static ProblemException wrongPassword() {
        return ProblemException.invalid(
                "/current_password", "current_password must be your current password, to set another");
    }

    /** The hash of a new password, and that of the one it was exchanged for. */
    private record NewPassword(String known, String hash) {
        /** Of two who change it at once, the second has no longer given the current one. */
        String hashToReplace(Optional<UserDao.Credentials> stored) {
            return stored.map(UserDao.Credentials::passwordHash)
                    .filter(known::equals)
                    .map(_ -> hash)
                    .orElseThrow(UserService::wrongPassword);
        }
    }

    /** Makes the administrator, or gives them this password. One statement. */
    public void setAdmin(String username, String password) {
        dao.upsertAdmin(username, passwords.hash(password));
    }

    /** Makes the administrator unless there is one of that name. One statement. */
    public boolean createAdminIfAbsent(String username, String password) {
        return dao.insertAdmin(username, passwords.hash(password)) == 1;
    }
}
