package dealbrain.accounts;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code user_account}; each method is one statement. */
interface UserDao {
    String COLUMNS = "id, username, email, display_name, role, created_at, row_version";

    /**
     * The users whose names begin with {@code prefix}: those from the prefix up to the prefix followed by a brace,
     * which sorts after all characters of a username. The operators are those of the index ({@code text_pattern_ops}).
     * {@code LIKE} would not use the index: a generic plan does not know the pattern.
     */
    String MATCHES = """
             FROM user_account
            WHERE lower(username) ~>=~ lower(:prefix) AND lower(username) ~<~ (lower(:prefix) || '{')
            """;

    /** The id and the password hash of a user. */
    record Credentials(long id, String passwordHash) {}

    @SqlUpdate("INSERT INTO user_account (username, email, display_name, password_hash, role) "
            + "VALUES (:username, :email, :displayName, :passwordHash, :role)")
    @GetGeneratedKeys({"id", "username", "email", "display_name", "role", "created_at", "row_version"})
    User insert(String username, @Nullable String email, @Nullable String displayName, String passwordHash, Role role);

    /** Returns a user, and locks the row until the end of the transaction. */
    @SqlQuery("SELECT " + COLUMNS + " FROM user_account WHERE id = :id FOR UPDATE")
    Optional<User> lock(long id);

    @SqlQuery("SELECT " + COLUMNS + " FROM user_account WHERE lower(username) = lower(:username)")
    Optional<User> find(String username);

    @SqlQuery("SELECT id, password_hash FROM user_account WHERE lower(username) = lower(:username)")
    Optional<Credentials> findCredentials(String username);

    @SqlQuery("SELECT id, password_hash FROM user_account WHERE id = :id")
    Optional<Credentials> findCredentials(long id);

    @SqlQuery("SELECT id, username, display_name" + MATCHES
            + "ORDER BY lower(username) USING ~<~ LIMIT :limit OFFSET :offset")
    List<PublicUser> search(String prefix, int limit, int offset);

    @SqlQuery("SELECT count(*)" + MATCHES)
    long countMatches(String prefix);

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
            ON CONFLICT (lower(username) text_pattern_ops) DO UPDATE
               SET password_hash = excluded.password_hash, role = 'admin', row_version = user_account.row_version + 1
            """)
    void upsertAdmin(String username, String passwordHash);

    @SqlUpdate("""
            INSERT INTO user_account (username, password_hash, role) VALUES (:username, :passwordHash, 'admin')
            ON CONFLICT DO NOTHING
            """)
    int insertAdmin(String username, String passwordHash);
}
