package dealbrain.notifications;

import dealbrain.accounts.User;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.ListCursors;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.notifications.NotificationHandler.NotificationPage;
import dealbrain.notifications.NotificationHandler.NotificationQuery;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The rules of notifications: users see, read and delete only their own. Thread-safe. */
final class NotificationService {
    private static final int MAX_TITLE = 500;
    private static final int MAX_MESSAGE = 1000;

    private final Jdbi jdbi;
    private final NotificationDao dao;

    NotificationService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(NotificationDao.class);
    }

    /** Inserts a notification. Cuts texts that are too long. One statement. */
    void send(long recipientId, NotificationType type, String title, @Nullable String message, @Nullable Long shareId) {
        dao.insert(
                recipientId, type, cut(title, MAX_TITLE), message == null ? null : cut(message, MAX_MESSAGE), shareId);
    }

    /** Counts code points, as PostgreSQL does, and so does not split surrogate pairs. */
    private static String cut(String text, int max) {
        return text.codePointCount(0, text.length()) <= max
                ? text
                : text.substring(0, text.offsetByCodePoints(0, max - 1)) + "…";
    }

    /** Returns one page of the user's notifications, newest first. One statement. */
    NotificationPage list(User user, NotificationQuery query) {
        ListCursors cursors = new ListCursors(query, "notifications", user.id());
        PagedRows<NotificationDao.Row> found = dao.list(
                user.id(),
                query,
                cursors.startOfNewest(),
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        List<Notification> notifications = found.rows().stream()
                .map(NotificationDao.Row::notification)
                .filter(Objects::nonNull)
                .toList();
        String next = found.hasNext() ? after(notifications.getLast(), cursors) : null;
        PagedList<Notification> page = PagedList.of(query, notifications, found.counted(), next);
        return NotificationPage.of(page, query.count(), found.rows().getFirst().unreadCount());
    }

    private static String after(Notification last, ListCursors cursors) {
        return cursors.after(last.createdAt(), last.id());
    }

    /** Returns the number of the user's unread notifications. One statement. */
    long countUnread(User user) {
        return dao.countUnread(user.id());
    }

    /**
     * Marks a notification as read, unless it is already. One statement.
     *
     * @throws ProblemException not found, also if the notification belongs to another user
     */
    Notification markRead(User user, long id) {
        return dao.markRead(id, user.id()).orElseThrow(() -> ProblemException.notFound("notification", id));
    }

    /** Marks all of the user's notifications as read; returns the number of those that were unread. One statement. */
    int markAllRead(User user) {
        return Transactions.inTransaction(jdbi, () -> dao.markAllRead(user.id()));
    }

    /**
     * Deletes a notification. One statement.
     *
     * @throws ProblemException not found, also if the notification belongs to another user
     */
    void delete(User user, long id) {
        if (dao.delete(id, user.id()) == 0) {
            throw ProblemException.notFound("notification", id);
        }
    }

    /**
     * Deletes up to {@code batch} notifications that were read more than {@code days} days ago; returns their number.
     */
    int deleteRead(int days, int batch) {
        return Transactions.inTransaction(jdbi, () -> dao.deleteRead(days, batch));
    }
}
