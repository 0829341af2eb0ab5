package dealbrain.notifications;

import dealbrain.accounts.User;
import dealbrain.database.Transactions;
import dealbrain.http.ProblemException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The rules of notifications: everybody sees, reads and deletes their own. Safe for use by many threads. */
public final class NotificationService {
    private static final int LONGEST_TITLE = 500;
    private static final int LONGEST_MESSAGE = 1000;

    private final Jdbi jdbi;
    private final NotificationDao dao;

    public NotificationService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(NotificationDao.class);
    }

    /**
     * Tells a user something, within the transaction of the caller if there is one. What is too long is cut. One statement.
     *
     * @param title   plain text, not empty, of which 500 characters are kept
     * @param message plain text, of which 1000 characters are kept
     * @param shareId the id of the share from user to user that it is about
     */
    public void tell(
            long userId, NotificationType type, String title, @Nullable String message, @Nullable Long shareId) {
        dao.insert(
                userId,
                type,
                cut(title, LONGEST_TITLE),
                message == null ? null : cut(message, LONGEST_MESSAGE),
                shareId);
    }

    /** By code points, as PostgreSQL counts: a pair of surrogates stays whole. */
    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    /** One page of a user's notifications, newest first. One statement. */
    NotificationPage list(User user, NotificationQuery query) {
        NotificationDao.Found found = dao.page(user.id(), query);
        return new NotificationPage(
                found.notifications(), found.total(), found.unread(), query.limit(), query.offset());
    }

    /** One statement. */
    public UnreadCount unreadCount(User user) {
        return new UnreadCount(dao.countUnread(user.id()));
    }

    /**
     * Marks a notification as read; one that is read already stays as it is. One statement.
     *
     * @throws ProblemException not found, also when it is somebody else's
     */
    Notification read(User user, long id) {
        return dao.read(id, user.id()).orElseThrow(() -> ProblemException.notFound("notification", id));
    }

    /** Marks all of a user's notifications as read. One statement. */
    MarkedCount readAll(User user) {
        return new MarkedCount(Transactions.inTransaction(jdbi, () -> dao.readAll(user.id())));
    }

    /**
     * Deletes a notification. One statement.
     *
     * @throws ProblemException not found, also when it is somebody else's
     */
    void delete(User user, long id) {
        if (dao.delete(id, user.id()) == 0) {
            throw ProblemException.notFound("notification", id);
        }
    }

    /** Deletes at most {@code batch} of the notifications that were read more than so many days ago; returns how many. One statement. */
    public int deleteRead(int days, int batch) {
        return Transactions.inTransaction(jdbi, () -> dao.deleteRead(days, batch));
    }
}
