package dealbrain.notifications;

import dealbrain.accounts.Authentication;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** The endpoints under {@code /api/v1/notifications}. */
public final class NotificationHandler {
    private final NotificationService notifications;
    private final Authentication authentication;

    public NotificationHandler(NotificationService notifications, Authentication authentication) {
        this.notifications = notifications;
        this.authentication = authentication;
    }

    public void routes(Router router) {
        String all = "/api/v1/notifications";
        router.get(all, this::list)
                .summary("My notifications, newest first")
                .query(NotificationQuery.class)
                .returns(NotificationPage.class);
        router.get(all + "/unread-count", this::unreadCount)
                .summary("How many notifications I have not read")
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

    Response list(Request request) {
        NotificationPage page =
                notifications.list(authentication.user(request), request.query(NotificationQuery.class));
        return Response.ok(page).with("X-Total-Count", Long.toString(page.total()));
    }

    Response unreadCount(Request request) {
        return Response.ok(notifications.unreadCount(authentication.user(request)));
    }

    Response read(Request request) {
        return Response.ok(notifications.read(authentication.user(request), request.pathLong("id")));
    }

    Response readAll(Request request) {
        return Response.ok(notifications.readAll(authentication.user(request)));
    }

    Response delete(Request request) {
        notifications.delete(authentication.user(request), request.pathLong("id"));
        return Response.noContent();
    }
}
