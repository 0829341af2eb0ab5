package dealbrain.notifications;

import dealbrain.database.ColumnReader;
import dealbrain.database.RepeatedByDesign;
import dealbrain.notifications.NotificationHandler.NotificationPage;
import dealbrain.notifications.NotificationHandler.NotificationQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code notification}; each method is one statement. */
@RegisterRowMapper(NotificationDao.NotificationMapper.class)
interface NotificationDao extends SqlObject {
    String COLUMNS = "n.id, n.type, n.title, n.message, n.share_id, n.read_at, n.created_at";
    String MATCHES = "(NOT :unreadOnly OR read_at IS NULL) AND (:type::text IS NULL OR type = :type)";
    String PAGE = "SELECT counts.total, counts.unread, " + COLUMNS
            + " FROM (SELECT count(*) FILTER (WHERE " + MATCHES + ") AS total,"
            + " count(*) FILTER (WHERE read_at IS NULL) AS unread"
            + " FROM notification WHERE user_id = :userId) counts"
            + " LEFT JOIN LATERAL (SELECT * FROM notification WHERE user_id = :userId AND " + MATCHES
            + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset) n ON true"
            + " ORDER BY n.created_at DESC, n.id DESC";

    /** Reads the {@link #COLUMNS}. */
    final class NotificationMapper implements RowMapper<Notification> {
        @Override
        public Notification map(ResultSet row, StatementContext context) throws SQLException {
            return notification(new ColumnReader(row));
        }
    }

    @SqlUpdate("INSERT INTO notification (user_id, type, title, message, share_id) "
            + "VALUES (:userId, :type, :title, :message, :shareId)")
    void insert(long userId, NotificationType type, String title, @Nullable String message, @Nullable Long shareId);

    /** Returns one page of a user's notifications, newest first. */
    default NotificationPage find(long userId, NotificationQuery query) {
        return getHandle()
                .createQuery(PAGE)
                .bind("userId", userId)
                .bind("unreadOnly", query.unreadOnly())
                .bind("type", query.notificationType())
                .bind("limit", query.limit())
                .bind("offset", query.offset())
                .scanResultSet((results, _) -> {
                    try (ResultSet result = results.get()) {
                        return page(result, query);
                    }
                });
    }

    /**
     * Reads a page. Each row begins with the two counts; an empty page has one row with the counts and no notification.
     */
    private static NotificationPage page(ResultSet result, NotificationQuery query) throws SQLException {
        ColumnReader row = new ColumnReader(result);
        List<Notification> notifications = new ArrayList<>();
        long total = 0;
        long unread = 0;
        while (result.next()) {
            total = row.rewind().int64();
            unread = row.int64();
            if (row.int64OrNull() != null) {
                notifications.add(notification(row.skip(-1)));
            }
        }
        return new NotificationPage(notifications, total, unread, query.limit(), query.offset());
    }

    private static Notification notification(ColumnReader row) throws SQLException {
        return new Notification(
                row.int64(),
                NotificationType.valueOf(row.text().toUpperCase(Locale.ROOT)),
                row.text(),
                row.textOrNull(),
                row.int64OrNull(),
                row.instantOrNull(),
                row.instant());
    }

    @SqlQuery("SELECT count(*) FROM notification WHERE user_id = :userId AND read_at IS NULL")
    long countUnread(long userId);

    @SqlQuery("UPDATE notification n SET read_at = coalesce(read_at, now()) WHERE id = :id AND user_id = :userId "
            + "RETURNING " + COLUMNS)
    Optional<Notification> markRead(long id, long userId);

    /** Locks the rows in the order of their ids, so that concurrent calls do not deadlock. */
    @SqlUpdate("""
            UPDATE notification SET read_at = now()
             WHERE id IN (SELECT id FROM notification WHERE user_id = :userId AND read_at IS NULL
                           ORDER BY id FOR UPDATE)
            """)
    int markAllRead(long userId);

    @SqlUpdate("DELETE FROM notification WHERE id = :id AND user_id = :userId")
    int delete(long id, long userId);

    @SqlUpdate("""
            DELETE FROM notification WHERE id IN
                   (SELECT id FROM notification WHERE read_at < now() - make_interval(days => :days)
                     ORDER BY read_at LIMIT :batch)
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteRead(int days, int batch);
}
