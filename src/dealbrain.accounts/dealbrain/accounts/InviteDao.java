package dealbrain.accounts;

import dealbrain.database.PageRange;
import dealbrain.database.PageSql;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import java.time.Instant;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code invite}; each method is one statement. */
interface InviteDao extends SqlObject {
    /** An invitation that was inserted. */
    record Inserted(long id, Instant createdAt, Instant expiresAt) {}

    @SqlUpdate("""
            INSERT INTO invite (code_hash, note, created_by, expires_at)
            VALUES (:code, :note, :createdBy, now() + make_interval(days => :days))
            """)
    @GetGeneratedKeys({"id", "created_at", "expires_at"})
    Inserted insert(byte[] code, @Nullable String note, long createdBy, int days);

    /** Returns whether a person can sign up with the code now. */
    @SqlQuery("SELECT EXISTS (SELECT FROM invite WHERE code_hash = :code AND used_at IS NULL AND expires_at > now())")
    boolean isValid(byte[] code);

    String LIST = new PageSql("invite i WHERE true", "i.id < :beforeId", "i.id DESC")
            .select(
                    "i.id, i.note, creator.username, i.created_at, i.expires_at, i.used_at, guest.username",
                    "i",
                    "LEFT JOIN user_account creator ON creator.id = i.created_by"
                            + " LEFT JOIN user_account guest ON guest.id = i.used_by");

    /** Returns the invitations with ids less than {@code beforeId}, highest first. */
    default PagedRows<Invite> list(long beforeId, PageRange range) {
        return PagedRows.read(
                getHandle().createQuery(LIST).bind("beforeId", beforeId),
                range,
                row -> new Invite(
                        row.int64(),
                        row.textOrNull(),
                        row.textOrNull(),
                        row.instant(),
                        row.instant(),
                        row.instantOrNull(),
                        row.textOrNull()));
    }

    @SqlUpdate("DELETE FROM invite WHERE id = :id")
    int delete(long id);

    /**
     * Deletes up to {@code batch} invitations that expired more than {@code days} days ago; skips those that another
     * instance is deleting.
     */
    @SqlUpdate("""
            DELETE FROM invite WHERE ctid = ANY(ARRAY(
                   SELECT ctid FROM invite WHERE expires_at < now() - make_interval(days => :days)
                    ORDER BY expires_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteExpired(int days, int batch);
}
