package dealbrain.accounts;

import dealbrain.accounts.UserHandler.SignUp;
import dealbrain.database.PageRange;
import dealbrain.database.PageSql;
import dealbrain.database.PagedRows;
import dealbrain.database.WordsTable;
import dealbrain.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code user_account}; each method is one statement. Names to search for are folded by
 * {@link dealbrain.database.Words#foldName}.
 */
interface UserDao extends SqlObject {
    String COLUMNS = "id, username, email, display_name, role, created_at, row_version";

    String FOLDED = UserColumns.FOLDED_USERNAME;

    /**
     * The users whose names begin with {@code prefix}: those from the prefix up to the prefix followed by a brace,
     * which sorts after all characters of a username. {@code LIKE} would not use the index: a generic plan does not
     * know the pattern.
     */
    PageSql SEARCH = new PageSql(
            "user_account WHERE " + FOLDED + " >= :prefix AND " + FOLDED + " < (:prefix || '{')",
            FOLDED + " > :after",
            FOLDED);

    /** The words by which administrators find users. */
    WordsTable WORDS = new WordsTable(
            "user_account", "username || ' ' || coalesce(display_name, '') || ' ' || coalesce(email, '')");

    /** Returns the words for {@link #WORDS} as JSON. */
    static String words(String username, @Nullable String displayName, @Nullable String email) {
        String text = username + " " + Objects.requireNonNullElse(displayName, "") + " "
                + Objects.requireNonNullElse(email, "");
        return Json.text(WordsTable.vectors(List.of(text)));
    }

    /**
     * A password of a user.
     *
     * @param hasOneTimePassword whether it works for one sign-in only
     */
    record Credentials(long id, String passwordHash, boolean isDisabled, boolean hasOneTimePassword) {}

    String STATE = "disabled_at IS NOT NULL AS is_disabled, password_expires_at IS NOT NULL AS has_one_time_password";
    String CREDENTIALS = "SELECT id, password_hash, " + STATE + " FROM user_account WHERE ";

    String WRITE_WORDS = " RETURNING *), " + WORDS.store("u") + " SELECT " + COLUMNS + " FROM u";
    String INSERT = "WITH u AS (INSERT INTO user_account (username, email, display_name, password_hash)"
            + " VALUES (:username, :email, :displayName, :passwordHash)" + WRITE_WORDS;

    default User insert(SignUp input, String passwordHash) {
        return signUp(INSERT, input, passwordHash).mapTo(User.class).one();
    }

    String INSERT_INVITED = """
            WITH held AS (
                 SELECT id FROM invite WHERE code_hash = :code AND used_at IS NULL AND expires_at > now() FOR UPDATE),
            u AS (INSERT INTO user_account (username, email, display_name, password_hash)
                  SELECT :username, :email, :displayName, :passwordHash FROM held RETURNING *),
            used AS (
                 UPDATE invite SET used_at = now(), used_by = u.id FROM held, u WHERE invite.id = held.id),
            """ + WORDS.store("u") + " SELECT " + COLUMNS + " FROM u";

    /** Creates a user and uses an invitation; empty if it is not valid any more. Locks the invitation first. */
    default Optional<User> insertInvited(SignUp input, String passwordHash, byte[] code) {
        return signUp(INSERT_INVITED, input, passwordHash)
                .bind("code", code)
                .mapTo(User.class)
                .findOne();
    }

    private Query signUp(String statement, SignUp input, String passwordHash) {
        return getHandle()
                .createQuery(statement)
                .bind("username", input.username())
                .bind("email", input.email())
                .bind("displayName", input.displayName())
                .bind("passwordHash", passwordHash)
                .bind("words", words(input.username(), input.displayName(), input.email()));
    }

    /** Returns a user, and locks the row for an update. Rows that refer to the user can still be inserted. */
    @SqlQuery("SELECT " + COLUMNS + " FROM user_account WHERE id = :id FOR NO KEY UPDATE")
    Optional<User> lock(long id);

    @SqlQuery("SELECT " + COLUMNS + " FROM user_account WHERE " + FOLDED + " = :folded")
    Optional<User> find(String folded);

    @SqlQuery(CREDENTIALS + FOLDED + " = :folded")
    Optional<Credentials> findCredentials(String folded);

    @SqlQuery(CREDENTIALS + "id = :id")
    Optional<Credentials> findCredentials(long id);

    String LIST = SEARCH.select("id, username, display_name", "user_account", "");

    /** Returns the users whose names begin with {@code prefix} and come after {@code after}, in their order. */
    default PagedRows<PublicUser> search(String prefix, String after, PageRange range) {
        return PagedRows.read(
                getHandle().createQuery(LIST).bind("prefix", prefix).bind("after", after),
                range,
                row -> new PublicUser(row.int64(), row.text(), row.textOrNull()));
    }

    String UPDATE = """
            WITH u AS (
                 UPDATE user_account
                    SET display_name = :displayName, email = :email, row_version = row_version + 1,
                        password_hash = coalesce(:passwordHash, password_hash),
                        password_expires_at = CASE WHEN cast(:passwordHash AS text) IS NULL THEN password_expires_at END
                  WHERE id = :id""" + WRITE_WORDS;

    /**
     * Changes a user.
     *
     * @param stored       the user before the change
     * @param passwordHash of a password that the user has chosen; null to keep the current one
     */
    default User update(
            User stored, @Nullable String displayName, @Nullable String email, @Nullable String passwordHash) {
        return getHandle()
                .createQuery(UPDATE)
                .bind("id", stored.id())
                .bind("displayName", displayName)
                .bind("email", email)
                .bind("passwordHash", passwordHash)
                .bind("words", words(stored.username(), displayName, email))
                .mapTo(User.class)
                .one();
    }

    /**
     * Uses the one sign-in of a one-time password.
     *
     * @return 0 if the password was changed, used or has expired
     */
    @SqlUpdate("""
            UPDATE user_account SET password_expires_at = now(), row_version = row_version + 1
             WHERE id = :id AND password_hash = :passwordHash AND password_expires_at > now()
            """)
    int useOneTimePassword(long id, String passwordHash);

    /** Deletes a user with everything that is theirs. */
    @SqlUpdate("DELETE FROM user_account WHERE id = :id")
    int delete(long id);

    /**
     * Waits until no other transaction takes the rights of an administrator, then blocks the others until the end of
     * this one (sql/0026-accounts.sql).
     */
    @SqlQuery("SELECT true FROM pg_advisory_xact_lock(hashtext('dealbrain administrators'))")
    boolean lockAdministrators();

    /** Makes the user an administrator who can sign in with this password. */
    @SqlUpdate("""
            INSERT INTO user_account (username, password_hash, role) VALUES (:username, :passwordHash, 'admin')
            ON CONFLICT (""" + FOLDED + """
            ) DO UPDATE
               SET password_hash = excluded.password_hash, role = 'admin', disabled_at = NULL,
                   password_expires_at = NULL, row_version = user_account.row_version + 1
            """)
    void upsertAdmin(String username, String passwordHash);

    /** Creates an administrator, unless there is one who can sign in. */
    @SqlUpdate("""
            INSERT INTO user_account (username, password_hash, role)
            SELECT :username, :passwordHash, 'admin'
             WHERE NOT EXISTS (SELECT FROM user_account WHERE role = 'admin' AND disabled_at IS NULL
                                                          AND password_expires_at IS NULL)
            ON CONFLICT DO NOTHING
            """)
    int insertAdmin(String username, String passwordHash);
}
