package dealbrain.accounts;

import dealbrain.database.ColumnReader;
import dealbrain.database.PageRange;
import dealbrain.database.PageSql;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code access_token} and {@code sign_in_failure}; each method is one statement. */
interface TokenDao extends SqlObject {
    /**
     * The user, the scope and the id of a token.
     *
     * @param hasOneTimePassword whether the user has to choose a password first
     */
    record Bearer(User user, Scope scope, long tokenId, boolean isDisabled, boolean hasOneTimePassword) {}

    /**
     * The attempts in the current minute that failed or have no result yet.
     *
     * @param ofUser    those of one user and network
     * @param ofNetwork those of the network, for all users
     */
    record AttemptCounts(int ofUser, long userResetSeconds, int ofNetwork, long networkResetSeconds) {}

    @SqlQuery("""
            SELECT u.id, u.username, u.email, u.display_name, u.role, u.created_at, u.row_version,
                   u.disabled_at IS NOT NULL AS is_disabled,
                   u.password_expires_at IS NOT NULL AS has_one_time_password,
                   t.scope, t.id AS token_id
              FROM access_token t JOIN user_account u ON u.id = t.user_id
             WHERE t.token_hash = :hash AND (t.expires_at IS NULL OR t.expires_at > now())
            """)
    Optional<Bearer> find(byte[] hash);

    @SqlUpdate("""
            INSERT INTO access_token (user_id, name, scope, token_hash, expires_at, session)
            VALUES (:userId, :name, :scope, :hash, now() + make_interval(days => :expiresInDays), :session)
            """)
    @GetGeneratedKeys({"id", "name", "scope", "session", "created_at", "expires_at", "last_used_at", "last_used_from"})
    AccessToken insert(
            long userId,
            @Nullable String name,
            Scope scope,
            byte[] hash,
            @Nullable Integer expiresInDays,
            boolean session);

    String LIST = new PageSql("access_token t WHERE t.user_id = :userId", "t.id < :beforeId", "t.id DESC")
            .select(
                    "t.id, t.name, t.scope, t.session, t.created_at, t.expires_at, t.last_used_at, t.last_used_from",
                    "t",
                    "");

    /** Returns the tokens of a user with ids less than {@code beforeId}, highest first. */
    default PagedRows<AccessToken> list(long userId, long beforeId, PageRange range) {
        return PagedRows.read(
                getHandle().createQuery(LIST).bind("userId", userId).bind("beforeId", beforeId), range, TokenDao::read);
    }

    private static AccessToken read(ColumnReader row) throws SQLException {
        return new AccessToken(
                row.int64(),
                row.textOrNull(),
                Scope.valueOf(row.text().toUpperCase(Locale.ROOT)),
                row.bool(),
                row.instant(),
                row.instantOrNull(),
                row.instantOrNull(),
                row.textOrNull());
    }

    /**
     * Stores the last uses of tokens, except of those that have one less than a minute before, or that another
     * transaction changes. Locks the tokens in the order of their ids.
     */
    default void storeUses(List<TokenUses.Use> uses) {
        getHandle()
                .createUpdate(STORE_USES)
                .bindArray(
                        "ids",
                        Long.class,
                        uses.stream().map(TokenUses.Use::tokenId).toList())
                .bindArray(
                        "times",
                        String.class,
                        uses.stream().map(use -> use.at().toString()).toList())
                .bindArray(
                        "addresses",
                        String.class,
                        uses.stream().map(use -> use.from().getHostAddress()).toList())
                .execute();
    }

    String STORE_USES = """
            WITH used AS (
                 SELECT * FROM unnest(:ids::bigint[], :times::text[]::timestamptz[], :addresses::text[])
                     AS used (id, at, address)),
            due AS (
                 SELECT t.id FROM access_token t JOIN used ON used.id = t.id
                  WHERE t.last_used_at IS NULL OR t.last_used_at <= used.at - interval '1 minute'
                  ORDER BY t.id FOR NO KEY UPDATE OF t SKIP LOCKED)
            UPDATE access_token t SET last_used_at = used.at, last_used_from = used.address
              FROM used JOIN due ON due.id = used.id
             WHERE t.id = used.id
            """;

    @SqlUpdate("DELETE FROM access_token WHERE id = :id AND user_id = :userId")
    int delete(long id, long userId);

    /**
     * Deletes up to {@code batch} tokens that expired more than {@code days} days ago; skips those that another
     * instance is deleting.
     */
    @SqlUpdate("""
            DELETE FROM access_token WHERE ctid = ANY(ARRAY(
                   SELECT ctid FROM access_token WHERE expires_at < now() - make_interval(days => :days)
                    ORDER BY expires_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteExpired(int days, int batch);

    /** Deletes all tokens of a user except {@code exceptId}; returns their number. */
    @SqlUpdate("DELETE FROM access_token WHERE user_id = :userId AND id <> :exceptId")
    int deleteOthers(long userId, long exceptId);

    /** Deletes all tokens of a user. */
    @SqlUpdate("DELETE FROM access_token WHERE user_id = :userId")
    void deleteAll(long userId);

    /** Counts an attempt in the current minute of its row, or starts a new minute. */
    String COUNT_IN_MINUTE = """
            ON CONFLICT (username, address) DO UPDATE
               SET failures = CASE WHEN f.window_start > now() - interval '1 minute' THEN f.failures + 1 ELSE 1 END,
                   window_start = CASE WHEN f.window_start > now() - interval '1 minute' THEN f.window_start
                                       ELSE now() END
            RETURNING failures, window_start
            """;

    /**
     * Counts an attempt, before its password is checked. If attempts were counted after the check, concurrent ones
     * could exceed the limit.
     *
     * <p>There is one row for the user and the network, and one for the network with the username {@code ALL}; other
     * usernames are folded. An attempt above the user's limit is not counted for the network. {@code
     * of_network} reads {@code of_user}, so that the user's row is always locked first: attempts that lock both rows
     * cannot deadlock. The statement also deletes up to ten rows whose minute is over. The number of rows therefore
     * stays close to the number of attempts in the last minute.
     */
    @SqlQuery("""
            WITH over AS (
                 DELETE FROM sign_in_failure WHERE ctid = ANY (ARRAY(
                        SELECT ctid FROM sign_in_failure
                         WHERE window_start < now() - interval '1 minute'
                           AND NOT (address = :network AND username IN (:username, 'ALL'))
                         ORDER BY window_start LIMIT 10 FOR UPDATE SKIP LOCKED))),
            of_user AS (
                 INSERT INTO sign_in_failure AS f (username, address, window_start, failures)
                 VALUES (:username, :network, now(), 1)
            """ + COUNT_IN_MINUTE + """
            ), of_network AS (
                 INSERT INTO sign_in_failure AS f (username, address, window_start, failures)
                 SELECT 'ALL', :network, now(), 1 FROM of_user WHERE failures <= :userLimit
            """ + COUNT_IN_MINUTE + """
            ), counts AS (
                 SELECT u.failures AS of_user, u.window_start + interval '1 minute' - now() AS user_rest,
                        n.failures AS of_network, n.window_start + interval '1 minute' - now() AS network_rest
                   FROM of_user u LEFT JOIN of_network n ON true)
            SELECT of_user, least(60, ceil(extract(epoch FROM user_rest)))::bigint AS user_reset_seconds,
                   coalesce(of_network, 0) AS of_network,
                   coalesce(least(60, ceil(extract(epoch FROM network_rest))), 0)::bigint AS network_reset_seconds
              FROM counts
            """)
    AttemptCounts countAttempt(String username, String network, int userLimit);

    /**
     * Reduces the count of the network by one.
     *
     * <p>The last condition is always true. It makes this statement read the user's row before it changes the row of
     * the network. So both are locked in the same order as in {@link #countAttempt}. Without it, PostgreSQL would
     * change the network's row first: a data-modifying {@code WITH} that the main statement does not read runs last.
     */
    String UNCOUNT_OF_NETWORK = """
            UPDATE sign_in_failure SET failures = failures - 1
             WHERE username = 'ALL' AND address = :network AND failures > 0 AND (SELECT count(*) FROM of_user) >= 0
            """;

    /** Deletes the count of the user after a success; reduces that of the network by this attempt only. */
    @SqlUpdate("""
            WITH of_user AS (
                 DELETE FROM sign_in_failure WHERE username = :username AND address = :network RETURNING 1)
            """ + UNCOUNT_OF_NETWORK)
    void resetAttempts(String username, String network);

    /** Takes back an attempt without a result. */
    @SqlUpdate("""
            WITH of_user AS (
                 UPDATE sign_in_failure SET failures = failures - 1
                  WHERE username = :username AND address = :network AND failures > 0 RETURNING 1)
            """ + UNCOUNT_OF_NETWORK)
    void uncountAttempt(String username, String network);
}
