package dealbrain.accounts;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code access_token} and {@code sign_in_failure}; each method is one statement. */
interface TokenDao {
    /** Who holds a token, and for what it is good. */
    record Bearer(User user, Scope scope) {
    }

    /** Sign-ins that failed or are under way in the current minute, and how long that minute lasts. */
    record Failures(int failures, long resetSeconds) {
    }

    @SqlQuery("""
            SELECT u.id, u.username, u.email, u.display_name, u.role, u.created_at, u.row_version, t.scope
              FROM access_token t JOIN user_account u ON u.id = t.user_id
             WHERE t.token_hash = :hash AND (t.expires_at IS NULL OR t.expires_at > now())
            """)
    Optional<Bearer> find(byte[] hash);

    @SqlUpdate("""
            INSERT INTO access_token (user_id, name, scope, token_hash, expires_at)
            VALUES (:userId, :name, :scope, :hash, now() + make_interval(days => :expiresInDays))
            """)
    @GetGeneratedKeys({"id", "name", "scope", "created_at", "expires_at"})
    AccessToken insert(long userId, @Nullable String name, Scope scope, byte[] hash, @Nullable Integer expiresInDays);

    @SqlQuery("""
            SELECT id, name, scope, created_at, expires_at FROM access_token
             WHERE user_id = :userId ORDER BY id DESC LIMIT :limit OFFSET :offset
            """)
    List<AccessToken> list(long userId, int limit, int offset);

    @SqlQuery("SELECT count(*) FROM access_token WHERE user_id = :userId")
    long count(long userId);

    @SqlUpdate("DELETE FROM access_token WHERE id = :id AND user_id = :userId")
    int delete(long id, long userId);

    /**
     * Counts a try before its password is looked at, so that tries at the same time cannot slip past the limit together.
     * Takes with it some of those that are over, so that they never become many more than there were in the last minute.
     */
    @SqlQuery("""
            WITH over AS (
                 DELETE FROM sign_in_failure WHERE ctid = ANY (ARRAY(
                        SELECT ctid FROM sign_in_failure
                         WHERE window_start < now() - interval '1 minute' AND (username, address) <> (lower(:username), :address)
                         ORDER BY window_start LIMIT 10 FOR UPDATE SKIP LOCKED)))
            INSERT INTO sign_in_failure AS f (username, address, window_start, failures)
            VALUES (lower(:username), :address, now(), 1)
            ON CONFLICT (username, address) DO UPDATE
               SET failures = CASE WHEN f.window_start > now() - interval '1 minute' THEN f.failures + 1 ELSE 1 END,
                   window_start = CASE WHEN f.window_start > now() - interval '1 minute' THEN f.window_start ELSE now() END
            RETURNING failures, least(60, ceil(extract(epoch FROM window_start + interval '1 minute' - now())))::bigint AS reset_seconds
            """)
    Failures countTry(String username, String address);

    /** Forgets the tries of somebody who got in. */
    @SqlUpdate("DELETE FROM sign_in_failure WHERE username = lower(:username) AND address = :address")
    void forgetTries(String username, String address);
}
