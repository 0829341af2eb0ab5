package dealbrain.notifications;

import dealbrain.accounts.Authentication;
import dealbrain.http.Router;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Messages to users, which they read by the API. Thread-safe. */
public final class Notifications {
    private final NotificationService service;
    private final Authentication authentication;

    public Notifications(Jdbi jdbi, Authentication authentication) {
        this.service = new NotificationService(jdbi);
        this.authentication = authentication;
    }

    public void routes(Router router) {
        new NotificationHandler(service, authentication).routes(router);
    }

    /**
     * Sends a notification to a user, in the caller's transaction if there is one. One statement.
     *
     * @param title   plain text, not empty; cut at 500 characters
     * @param message plain text; cut at 1000 characters
     * @param shareId the id of the share from user to user that the notification is about
     */
    public void send(
            long recipientId, NotificationType type, String title, @Nullable String message, @Nullable Long shareId) {
        service.send(recipientId, type, title, message, shareId);
    }

    /**
     * Deletes up to {@code batch} notifications that were read more than {@code days} days ago; returns their number.
     * One statement.
     */
    public int deleteRead(int days, int batch) {
        return service.deleteRead(days, batch);
    }
}
