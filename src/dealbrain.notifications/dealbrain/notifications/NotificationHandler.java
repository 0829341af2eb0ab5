package dealbrain.notifications;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.accounts.Authentication;
import dealbrain.http.CountMode;
import dealbrain.http.PagedBody;
import dealbrain.http.PagedList;
import dealbrain.http.PagedQuery;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.http.Total;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
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
                .operation("listNotifications")
                .summary("List my notifications, newest first")
                .query(NotificationQuery.class)
                .returns(NotificationPage.class);
        router.get(all + "/unread-count", this::unreadCount)
                .operation("countUnreadNotifications")
                .summary("Count my unread notifications")
                .returns(UnreadCount.class);
        router.post(all + "/{id}/read", this::read)
                .operation("markNotificationAsRead")
                .summary("Mark a notification as read")
                .returns(Notification.class);
        router.post(all + "/read-all", this::readAll)
                .operation("markAllNotificationsAsRead")
                .summary("Mark all notifications as read")
                .returns(MarkedCount.class);
        router.delete(all + "/{id}", this::delete)
                .operation("deleteNotification")
                .summary("Delete a notification")
                .returnsNothing();
    }

    /** The query of a list of notifications. */
    record NotificationQuery(
            @Default("false") boolean unreadOnly,
            @Nullable NotificationType notificationType,
            @Default("20") @Min(1) @Max(100) int limit,
            @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
            @Nullable @Size(max = MAX_CURSOR) String cursor,
            @Default("\"limited\"") CountMode count)
            implements PagedQuery {}

    /**
     * One page of a user's notifications, newest first.
     *
     * @param total       the number of notifications that match the query, as {@code X-Total-Count}; null if they were
     *                    not counted
     * @param unreadCount the number of all unread notifications of the user, counted in the same way
     */
    record NotificationPage(
            List<Notification> notifications,
            @Nullable Long total,
            @Nullable Long unreadCount,
            int limit,
            int offset,
            @JsonIgnore PagedList<Notification> page)
            implements PagedBody {
        NotificationPage {
            notifications = List.copyOf(notifications);
        }

        /** @param unreadCount the number of counted notifications, at most {@link CountMode#maxRows} */
        static NotificationPage of(PagedList<Notification> page, CountMode mode, long unreadCount) {
            return new NotificationPage(
                    page.items(),
                    count(page.total()),
                    count(Total.of(mode, unreadCount)),
                    page.page().limit(),
                    page.page().offset(),
                    page);
        }

        private static @Nullable Long count(@Nullable Total total) {
            return total == null ? null : total.count();
        }
    }

    Response list(Request request) {
        return Response.ok(notifications.list(authentication.user(request), request.query(NotificationQuery.class)));
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
