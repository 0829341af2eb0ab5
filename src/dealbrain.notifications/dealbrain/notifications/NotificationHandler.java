package dealbrain.notifications;

import dealbrain.accounts.Authentication;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /api/v1/notifications}. */
final class NotificationHandler {
    private final NotificationService notifications;
    private final Authentication authentication;

    NotificationHandler(NotificationService notifications, Authentication authentication) {
        this.notifications = notifications;
        this.authentication = authentication;
    }

    void routes(Router router) {
        String all = "/api/v1/notifications";
        router.get(all, this::list)
                .summary("List my notifications, newest first")
                .query(NotificationQuery.class)
                .returns(NotificationPage.class);
        router.get(all + "/unread-count", this::unreadCount)
                .summary("Count my unread notifications")
                .returns(UnreadCount.class);
        router.post(all + "/{id}/read", this::read)
                .summary("Mark a notification as read")
                .returns(Notification.class);
        router.post(all + "/read-all", this::readAll)
                .summary("Mark all notifications as read")
                .returns(MarkedCount.class);
        router.delete(all + "/{id}", this::delete)
                .summary("Delete a notification")
                .returnsNothing();
    }

    /** The query of a list of notifications. */
    record NotificationQuery(
            @Default("false") boolean unreadOnly,
            @Nullable NotificationType notificationType,
            @Default("20") @Min(1) @Max(100) int limit,
            @Default("0") @Min(0) int offset) {}

    /**
     * One page of a user's notifications, newest first.
     *
     * @param total       the number of notifications that match the query
     * @param unreadCount the number of all unread notifications of the user
     */
    record NotificationPage(List<Notification> notifications, long total, long unreadCount, int limit, int offset) {
        NotificationPage {
            notifications = List.copyOf(notifications);
        }
    }

    Response list(Request request) {
        NotificationPage page =
                notifications.list(authentication.user(request), request.query(NotificationQuery.class));
        return Response.ok(page).with("X-Total-Count", Long.toString(page.total()));
    }

    /** The number of a user's unread notifications. */
    record UnreadCount(long unreadCount) {}

    Response unreadCount(Request request) {
        return Response.ok(new UnreadCount(notifications.countUnread(authentication.user(request))));
    }

    Response read(Request request) {
        return Response.ok(notifications.markRead(authentication.user(request), request.pathLong("id")));
    }

    /** The number of notifications that were marked as read. */
    record MarkedCount(int markedCount) {}

    Response readAll(Request request) {
        return Response.ok(new MarkedCount(notifications.markAllRead(authentication.user(request))));
    }

    Response delete(Request request) {
        notifications.delete(authentication.user(request), request.pathLong("id"));
        return Response.noContent();
    }
}
