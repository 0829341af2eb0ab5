package dealbrain.accounts;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code access_token} and {@code sign_in_failure}; each method is one statement. */
interface TokenDao {
    /** Who holds a token, for what it is good, and its id. */
    record Bearer(User user, Scope scope, long tokenId) {}

    /** Tries that failed or are under way in the current minutes of a user and an address, and how long those minutes last. */
    record Failures(int ofUser, long userResetSeconds, int ofAddress, long addressResetSeconds) {}

    @SqlQuery("""
            SELECT u.id, u.username, u.email, u.display_name, u.role, u.created_at, u.row_version, t.scope, t.id AS token_id
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

    /** Deletes some of the tokens that expired so many days ago, but none that somebody else is deleting. */
    @SqlUpdate("""
            DELETE FROM access_token WHERE id IN
                   (SELECT id FROM access_token WHERE expires_at < now() - make_interval(days => :days)
                     ORDER BY expires_at LIMIT :batch FOR UPDATE SKIP LOCKED)
            """)
    int deleteExpired(int days, int batch);

    /** Deletes all tokens of a user but one. */
    @SqlUpdate("DELETE FROM access_token WHERE user_id = :userId AND id <> :kept")
    void deleteOthers(long userId, long kept);

    /**
     * Counts a try before its password is looked at, so that tries at the same time cannot slip past the limit together.
     * Counts it for the user and, unless the user had too many, for the address: under ALL, which no username in lower case
     * is. The user's row is always locked first. Takes with it some of those that are over, so that they never become many
     * more than there were in the last minute.
     */
    @SqlQuery("""
            WITH over AS (
                 DELETE FROM sign_in_failure WHERE ctid = ANY (ARRAY(
                        SELECT ctid FROM sign_in_failure
                         WHERE window_start < now() - interval '1 minute'
                           AND NOT (address = :address AND username IN (lower(:username), 'ALL'))
                         ORDER BY window_start LIMIT 10 FOR UPDATE SKIP LOCKED))),
            of_user AS (
                 INSERT INTO sign_in_failure AS f (username, address, window_start, failures)
                 VALUES (lower(:username), :address, now(), 1)
                 ON CONFLICT (username, address) DO UPDATE
                    SET failures = CASE WHEN f.window_start > now() - interval '1 minute' THEN f.failures + 1 ELSE 1 END,
                        window_start = CASE WHEN f.window_start > now() - interval '1 minute' THEN f.window_start ELSE now() END
                 RETURNING failures, window_start),
            of_address AS (
                 INSERT INTO sign_in_failure AS f (username, address, window_start, failures)
                 SELECT 'ALL', :address, now(), 1 FROM of_user WHERE failures <= :userLimit
                 ON CONFLICT (username, address) DO UPDATE
                    SET failures = CASE WHEN f.window_start > now() - interval '1 minute' THEN f.failures + 1 ELSE 1 END,
                        window_start = CASE WHEN f.window_start > now() - interval '1 minute' THEN f.window_start ELSE now() END
                 RETURNING failures, window_start)
            SELECT u.failures AS of_user,
                   least(60, ceil(extract(epoch FROM u.window_start + interval '1 minute' - now())))::bigint AS user_reset_seconds,
                   coalesce(a.failures, 0) AS of_address,
                   coalesce(least(60, ceil(extract(epoch FROM a.window_start + interval '1 minute' - now()))), 0)::bigint
                       AS address_reset_seconds
              FROM of_user u LEFT JOIN of_address a ON true
            """)
    Failures countTry(String username, String address, int userLimit);

    /** Forgets the tries of somebody who got in; of those from the address only the last, as the others were not theirs. */
    @SqlUpdate("""
            WITH of_user AS (DELETE FROM sign_in_failure WHERE username = lower(:username) AND address = :address RETURNING 1)
            UPDATE sign_in_failure SET failures = failures - 1
             WHERE username = 'ALL' AND address = :address AND failures > 0 AND (SELECT count(*) FROM of_user) >= 0
            """)
    void forgetTries(String username, String address);

    /** Takes a try back that came to nothing. */
    @SqlUpdate("""
            WITH of_user AS (
                 UPDATE sign_in_failure SET failures = failures - 1
                  WHERE username = lower(:username) AND address = :address AND failures > 0 RETURNING 1)
            UPDATE sign_in_failure SET failures = failures - 1
             WHERE username = 'ALL' AND address = :address AND failures > 0 AND (SELECT count(*) FROM of_user) >= 0
            """)
    void takeBackTry(String username, String address);
}
