package dealbrain.accounts;

import dealbrain.database.PageRange;
import dealbrain.database.PageSql;
import dealbrain.database.PagedRows;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
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

    /** The id and the password hash of a user. */
    record Credentials(long id, String passwordHash) {}

    @SqlUpdate("INSERT INTO user_account (username, email, display_name, password_hash, role) "
            + "VALUES (:username, :email, :displayName, :passwordHash, :role)")
    @GetGeneratedKeys({"id", "username", "email", "display_name", "role", "created_at", "row_version"})
    User insert(String username, @Nullable String email, @Nullable String displayName, String passwordHash, Role role);

    /** Returns a user, and locks the row for an update. Rows that refer to the user can still be inserted. */
    @SqlQuery("SELECT " + COLUMNS + " FROM user_account WHERE id = :id FOR NO KEY UPDATE")
    Optional<User> lock(long id);

    @SqlQuery("SELECT " + COLUMNS + " FROM user_account WHERE " + FOLDED + " = :folded")
    Optional<User> find(String folded);

    @SqlQuery("SELECT id, password_hash FROM user_account WHERE " + FOLDED + " = :folded")
    Optional<Credentials> findCredentials(String folded);

    @SqlQuery("SELECT id, password_hash FROM user_account WHERE id = :id")
    Optional<Credentials> findCredentials(long id);

    String LIST = SEARCH.select("id, username, display_name", "user_account", "");

    /** Returns the users whose names begin with {@code prefix} and come after {@code after}, in their order. */
    default PagedRows<PublicUser> search(String prefix, String after, PageRange range) {
        return PagedRows.read(
                getHandle().createQuery(LIST).bind("prefix", prefix).bind("after", after),
                range,
                row -> new PublicUser(row.int64(), row.text(), row.textOrNull()));
    }

    @SqlUpdate("""
            UPDATE user_account
               SET display_name = :displayName, email = :email, password_hash = coalesce(:passwordHash, password_hash),
                   row_version = row_version + 1
             WHERE id = :id
            """)
    @GetGeneratedKeys({"id", "username", "email", "display_name", "role", "created_at", "row_version"})
    User update(long id, @Nullable String displayName, @Nullable String email, @Nullable String passwordHash);

    @SqlUpdate("""
            INSERT INTO user_account (username, password_hash, role) VALUES (:username, :passwordHash, 'admin')
            ON CONFLICT (""" + FOLDED + """
            ) DO UPDATE
               SET password_hash = excluded.password_hash, role = 'admin', row_version = user_account.row_version + 1
            """)
    void upsertAdmin(String username, String passwordHash);

    @SqlUpdate("""
            INSERT INTO user_account (username, password_hash, role) VALUES (:username, :passwordHash, 'admin')
            ON CONFLICT DO NOTHING
            """)
    int insertAdmin(String username, String passwordHash);
}
