package dealbrain.accounts;

import dealbrain.http.ProblemType;
import dealbrain.http.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Users, their access tokens, and the authentication of requests. Thread-safe. */
public final class Accounts {
    /** The problems that every route may return to a request with a token. */
    public static final List<ProblemType> TOKEN_PROBLEMS =
            List.of(AccountProblems.DISABLED, AccountProblems.PASSWORD_CHANGE_REQUIRED);

    /** The iterations of a password hash, except in tests. */
    public static final int HASH_ITERATIONS = PasswordHasher.ITERATIONS;

    private final UserService users;
    private final AccountService accounts;
    private final InviteService invites;
    private final TokenService tokens;
    private final Authentication authentication;
    private final AuditLog audit;
    private final TokenUses uses;
    private final Sessions sessions;

    /**
     * Creates the accounts of a database.
     *
     * @param hashIterations {@link #HASH_ITERATIONS}, or fewer in tests; cheap hashes need no limit of sign-ups
     * @param signupOpen     whether everyone can sign up, or only with an invitation
     */
    public Accounts(Jdbi jdbi, int hashIterations, boolean signupOpen) {
        SignUpLimit signUps = new SignUpLimit(
                System::nanoTime, hashIterations < HASH_ITERATIONS ? Integer.MAX_VALUE : SignUpLimit.BURST);
        PasswordHasher passwords = new PasswordHasher(hashIterations);
        this.users = new UserService(jdbi, passwords, signUps, signupOpen);
        this.accounts = new AccountService(jdbi, passwords);
        this.invites = new InviteService(jdbi);
        this.tokens = new TokenService(jdbi, passwords);
        this.uses = new TokenUses(jdbi, InstantSource.system());
        this.authentication = new Authentication(tokens, uses);
        this.sessions = new Sessions(tokens, uses, authentication);
        this.audit = new AuditLog(jdbi);
    }

    public void routes(Router router) {
        new UserHandler(users, authentication).routes(router);
        new TokenHandler(tokens, authentication).routes(router);
        new AuditHandler(audit).routes(router);
        new AccountHandler(accounts, authentication).routes(router);
        new InviteHandler(invites, authentication).routes(router);
    }

    public Authentication authentication() {
        return authentication;
    }

    /** Returns the sessions of the browsers that show pages. */
    public Sessions sessions() {
        return sessions;
    }

    public AuditLog auditLog() {
        return audit;
    }

    /** Creates a user, also if sign-up is closed. One statement. */
    public User createUser(String username, String password, @Nullable String displayName) {
        return users.create(new UserHandler.SignUp(username, password, null, displayName, null));
    }

    /** Returns a user by name, ignoring case. One statement. */
    public Optional<User> findUser(String username) {
        return users.find(username);
    }

    /**
     * Creates the administrator {@code username}, or makes the user an enabled administrator with this password. Two
     * statements.
     */
    public void setAdmin(String username, String password) {
        users.setAdmin(username, password);
    }

    /**
     * Creates the administrator {@code username}. Returns false if an administrator exists who can sign in, or a user of
     * that name. One statement.
     */
    public boolean createAdminIfAbsent(String username, String password) {
        return users.createAdminIfAbsent(username, password);
    }

    /** Creates a token that does not expire, and returns its text. One statement. */
    public String createToken(User user, String name, Scope scope) {
        return tokens.create(user, name, scope).token();
    }

    /** Returns the user whose token this is; empty if the token is not valid. At most one statement. */
    public Optional<User> findTokenHolder(String token) {
        return tokens.holder(token);
    }

    /** Stores when and from where tokens were used since the last call. One statement, none without uses. */
    public void storeTokenUses() {
        uses.store();
    }

    /**
     * Deletes up to {@code batch} tokens that expired more than {@code days} days ago; returns their number. One
     * statement.
     */
    public int deleteExpiredTokens(int days, int batch) {
        return tokens.deleteExpired(days, batch);
    }

    /**
     * Deletes up to {@code batch} entries of the audit log that are more than {@code days} old; returns their number.
     * One statement.
     */
    public int deleteOldAuditEntries(int days, int batch) {
        return audit.deleteOld(days, batch);
    }

    /**
     * Deletes up to {@code batch} invitations that expired more than {@code days} days ago; returns their number. One
     * statement.
     */
    public int deleteExpiredInvites(int days, int batch) {
        return invites.deleteExpired(days, batch);
    }

    /** Adds the words of users that were written without, so that searches find them; returns their number. */
    public int fillWords() {
        return accounts.fillWords();
    }
}
