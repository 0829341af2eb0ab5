package dealbrain.accounts;

import dealbrain.accounts.AccountHandler.AccountChange;
import dealbrain.accounts.AccountHandler.AccountInput;
import dealbrain.database.ColumnReader;
import dealbrain.database.PageRange;
import dealbrain.database.PageSql;
import dealbrain.database.PagedRows;
import dealbrain.database.WordsPageSql;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** The statements of administrators on {@code user_account}; each method is one statement. */
interface AccountDao extends SqlObject {
    String COLUMNS = "u.id, u.username, u.email, u.display_name, u.role, u.disabled_at IS NOT NULL AS disabled,"
            + " u.password_expires_at, u.created_at, u.row_version";
    String AFTER = "u.id < :beforeId";
    String ORDER = "u.id DESC";

    String LIST = new PageSql("user_account u WHERE true", AFTER, ORDER).select(COLUMNS, "u", "");
    String SEARCH = new WordsPageSql("user_account", "u", "true", AFTER, ORDER)
            .selectFromAll(UserDao.WORDS, "true", COLUMNS, "");

    /**
     * Returns the users with ids less than {@code beforeId}, highest first.
     *
     * @param words a text search query; null for all users
     */
    default PagedRows<Account> list(@Nullable String words, long beforeId, PageRange range) {
        Query query = words == null
                ? getHandle().createQuery(LIST)
                : getHandle().createQuery(SEARCH).bind("words", words);
        return PagedRows.read(query.bind("beforeId", beforeId), range, AccountDao::read);
    }

    private static Account read(ColumnReader row) throws SQLException {
        return new Account(
                row.int64(),
                row.text(),
                row.textOrNull(),
                row.textOrNull(),
                Role.valueOf(row.text().toUpperCase(Locale.ROOT)),
                row.bool(),
                row.instantOrNull(),
                row.instant(),
                row.int64());
    }

    String FIND = "SELECT " + COLUMNS + " FROM user_account u WHERE u.id = :id";

    @SqlQuery(FIND)
    Optional<Account> find(long id);

    /** Returns a user, and locks the row for an update. Rows that refer to the user can still be inserted. */
    @SqlQuery(FIND + " FOR NO KEY UPDATE")
    Optional<Account> lockToUpdate(long id);

    /** Returns a user, and locks the row for its deletion. */
    @SqlQuery(FIND + " FOR UPDATE")
    Optional<Account> lockToDelete(long id);

    String WRITE_WORDS = " RETURNING *), " + UserDao.WORDS.store("u") + " SELECT " + COLUMNS + " FROM u";
    String INSERT = "WITH u AS (INSERT INTO user_account (username, email, display_name, role, password_hash,"
            + " password_expires_at) VALUES (:username, :email, :displayName, :role, :passwordHash,"
            + " now() + make_interval(days => :days))" + WRITE_WORDS;

    /**
     * Creates a user.
     *
     * @param days the time in which the one-time password can be used; null for a permanent password
     */
    default Account insert(AccountInput input, String passwordHash, @Nullable Integer days) {
        return getHandle()
                .createQuery(INSERT)
                .bind("username", input.username())
                .bind("email", input.email())
                .bind("displayName", input.displayName())
                .bind("role", input.role())
                .bind("passwordHash", passwordHash)
                .bind("days", days)
                .bind("words", UserDao.words(input.username(), input.displayName(), input.email()))
                .mapTo(Account.class)
                .one();
    }

    String UPDATE = """
            WITH u AS (
                 UPDATE user_account
                    SET display_name = :displayName, email = :email, role = :role, row_version = row_version + 1,
                        disabled_at = CASE WHEN :disabled THEN coalesce(disabled_at, now()) END
                  WHERE id = :id""" + WRITE_WORDS;

    /**
     * Changes a user.
     *
     * @param stored the user before the change
     */
    default Account update(Account stored, AccountChange change) {
        return getHandle()
                .createQuery(UPDATE)
                .bind("id", stored.id())
                .bind("displayName", change.displayName())
                .bind("email", change.email())
                .bind("role", change.role())
                .bind("disabled", change.disabled())
                .bind("words", UserDao.words(stored.username(), change.displayName(), change.email()))
                .mapTo(Account.class)
                .one();
    }

    /** Sets a password that the user can use for one sign-in within {@code days}. */
    @SqlQuery("""
            UPDATE user_account u
               SET password_hash = :passwordHash, password_expires_at = now() + make_interval(days => :days),
                   row_version = row_version + 1
             WHERE id = :id
            RETURNING
            """ + COLUMNS)
    Account setOneTimePassword(long id, String passwordHash, int days);
}
