package dealbrain.notifications;

import dealbrain.database.ColumnReader;
import dealbrain.database.PageRange;
import dealbrain.database.PageSql;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import dealbrain.http.ListCursors.TimeKey;
import dealbrain.notifications.NotificationHandler.NotificationQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
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
    String UNREAD = "FROM notification WHERE user_id = :userId AND read_at IS NULL";
    String LIST = list("");
    String LIST_UNREAD = list(" AND n.read_at IS NULL");
    String OF_TYPE = " AND n.type = :type";
    String LIST_OF_TYPE = list(OF_TYPE);
    String LIST_UNREAD_OF_TYPE = list(" AND n.read_at IS NULL" + OF_TYPE);

    private static String list(String filter) {
        return new PageSql(
                        "notification n WHERE n.user_id = :userId" + filter,
                        "(n.created_at, n.id) < (:time::timestamptz, :id)",
                        "n.created_at DESC, n.id DESC")
                .select("unread.total, " + COLUMNS, "n", "CROSS JOIN " + PageSql.total(UNREAD) + " unread");
    }

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

    /** The number of unread notifications, with one notification of the page; null if the page is empty. */
    record Row(long unreadCount, @Nullable Notification notification) {}

    /** Returns the notifications of a user after {@code start}, newest first; for an empty page, one row without. */
    default PagedRows<Row> list(long userId, NotificationQuery query, TimeKey start, PageRange range) {
        NotificationType type = query.notificationType();
        Query statement = type == null
                ? getHandle().createQuery(query.unreadOnly() ? LIST_UNREAD : LIST)
                : getHandle()
                        .createQuery(query.unreadOnly() ? LIST_UNREAD_OF_TYPE : LIST_OF_TYPE)
                        .bind("type", type);
        return PagedRows.read(
                statement.bind("userId", userId).bind("time", start.time()).bind("id", start.id()),
                range,
                NotificationDao::row);
    }

    private static Row row(ColumnReader row) throws SQLException {
        long unreadCount = row.int64();
        return new Row(unreadCount, row.int64OrNull() == null ? null : notification(row.skip(-1)));
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

    /** Skips the rows that another transaction has locked, so that it waits for none. */
    @SqlUpdate("""
            DELETE FROM notification WHERE ctid = ANY(ARRAY(
                   SELECT ctid FROM notification WHERE read_at < now() - make_interval(days => :days)
                    ORDER BY read_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteRead(int days, int batch);
}
