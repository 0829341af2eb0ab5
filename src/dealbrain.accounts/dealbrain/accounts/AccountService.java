package dealbrain.accounts;

import dealbrain.accounts.AccountHandler.AccountChange;
import dealbrain.accounts.AccountHandler.AccountInput;
import dealbrain.accounts.AccountHandler.AccountQuery;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.database.UniqueKeys;
import dealbrain.database.Words;
import dealbrain.http.IfMatch;
import dealbrain.http.ListCursors;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/**
 * What administrators do with the accounts of other users. A server keeps an administrator who can sign in, which the
 * database decides (sql/0026-accounts.sql). Thread-safe.
 */
final class AccountService {
    /** How long a one-time password can be used. */
    static final int ONE_TIME_DAYS = 7;

    private final Jdbi jdbi;
    private final AccountDao dao;
    private final UserDao users;
    private final TokenDao tokens;
    private final UniqueKeys keys;
    private final PasswordHasher passwords;
    private final AuditLog audit;

    AccountService(Jdbi jdbi, PasswordHasher passwords) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(AccountDao.class);
        this.users = jdbi.onDemand(UserDao.class);
        this.tokens = jdbi.onDemand(TokenDao.class);
        this.keys = jdbi.onDemand(UniqueKeys.class);
        this.passwords = passwords;
        this.audit = new AuditLog(jdbi);
    }

    /** Returns the users who have all words of {@code q} in their names and address, newest first. One statement. */
    PagedList<Account> list(AccountQuery query) {
        ListCursors cursors = new ListCursors(query, "accounts");
        PagedRows<Account> found = dao.list(
                Words.query(query.q()),
                cursors.startOfHighest(),
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        return PagedList.of(query, found.rows(), found.counted(), found.next(user -> cursors.after(user.id())));
    }

    /**
     * Returns a user. One statement.
     *
     * @throws ProblemException not found
     */
    Account get(long id) {
        return dao.find(id).orElseThrow(() -> notFound(id));
    }

    private static ProblemException notFound(long id) {
        return ProblemException.notFound("user", id);
    }

    /**
     * Creates a user, also if sign-up is closed. Without a password, the user gets a one-time password. Two
     * statements.
     *
     * @param network the {@link dealbrain.http.Request#network} of the administrator
     * @throws ProblemException username taken; e-mail address taken; unavailable: too many passwords wait to be hashed
     */
    NewAccount create(User admin, AccountInput input, String network) {
        String oneTime = input.password() == null ? ReadableSecret.next() : null;
        String hash = passwords.hash(
                oneTime == null ? Objects.requireNonNull(input.password()) : oneTime,
                HashClient.passwordChange(network));
        return Transactions.inTransaction(jdbi, () -> {
            Account created = AccountProblems.translate(
                    input.username(),
                    input.email(),
                    () -> dao.insert(input, hash, oneTime == null ? null : ONE_TIME_DAYS));
            audit.record(AuditAction.USER_CREATED, admin, target(created), Map.of("role", created.role()));
            return new NewAccount(created, oneTime);
        });
    }

    private static AuditTarget target(Account user) {
        return new AuditTarget(AuditTarget.USER, user.id(), user.username());
    }

    /**
     * Changes a user. A disabled user is refused from the next request on, on every instance; nothing is deleted.
     *
     * @param edit returns the new state for a stored one; called again in each transaction
     * @throws ProblemException not found; precondition failed; own account, for another role or to disable; last
     *                          administrator; e-mail address taken
     */
    Account update(User admin, long id, IfMatch condition, UnaryOperator<AccountChange> edit) {
        return Transactions.inTransaction(jdbi, () -> {
            users.lockAdministrators();
            Account stored = dao.lockToUpdate(id).orElseThrow(() -> notFound(id));
            condition.require(stored);
            AccountChange change = edit.apply(AccountChange.of(stored));
            boolean losesRights = change.disabled() || change.role() != stored.role();
            if (id == admin.id() && losesRights) {
                throw ownAccount("you cannot disable your own account or change its role");
            }
            if (change.email() != null && !change.email().equals(stored.email())) {
                keys.lock();
            }
            Account changed =
                    AccountProblems.translate(stored.username(), change.email(), () -> dao.update(stored, change));
            audit.record(action(stored, changed), admin, target(changed), Map.of("role", changed.role()));
            return changed;
        });
    }

    private static AuditAction action(Account stored, Account changed) {
        if (stored.disabled() == changed.disabled()) {
            return AuditAction.USER_CHANGED;
        }
        return changed.disabled() ? AuditAction.USER_DISABLED : AuditAction.USER_ENABLED;
    }

    private static ProblemException ownAccount(String detail) {
        return new ProblemException(AccountProblems.OWN_ACCOUNT, detail + "; another administrator can");
    }

    /**
     * Sets a one-time password, and deletes all tokens of the user.
     *
     * @param network the {@link dealbrain.http.Request#network} of the administrator
     * @throws ProblemException not found; own account; last administrator; unavailable: too many passwords wait to be
     *                          hashed
     */
    NewAccount resetPassword(User admin, long id, String network) {
        if (id == admin.id()) {
            throw ownAccount("you cannot give yourself a one-time password");
        }
        String oneTime = ReadableSecret.next();
        String hash = passwords.hash(oneTime, HashClient.passwordChange(network));
        return Transactions.inTransaction(jdbi, () -> {
            users.lockAdministrators();
            Account stored = dao.lockToUpdate(id).orElseThrow(() -> notFound(id));
            Account changed = AccountProblems.translate(
                    stored.username(), null, () -> dao.setOneTimePassword(id, hash, ONE_TIME_DAYS));
            tokens.deleteAll(id);
            audit.record(AuditAction.PASSWORD_RESET, admin, target(changed), Map.of());
            return new NewAccount(changed, oneTime);
        });
    }

    /**
     * Deletes a user. The user's listings that other users hold in collections stay there, without an owner.
     *
     * @throws ProblemException not found; precondition failed; own account; last administrator
     */
    void delete(User admin, long id, IfMatch condition) {
        if (id == admin.id()) {
            throw ownAccount("you cannot delete your own account here");
        }
        Transactions.useTransaction(jdbi, () -> {
            users.lockAdministrators();
            Account stored = dao.lockToDelete(id).orElseThrow(() -> notFound(id));
            condition.require(stored);
            AccountProblems.translate(stored.username(), null, () -> users.delete(id));
            audit.record(AuditAction.USER_DELETED, admin, target(stored), Map.of());
        });
    }

    /** Adds the words of users that were written without; returns their number. */
    int fillWords() {
        return UserDao.WORDS.fill(jdbi);
    }
}
