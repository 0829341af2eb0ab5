package dealbrain.notifications;

import java.util.List;

/**
 * One page of a user's notifications, newest first.
 *
 * @param total       how many there are of the kind that was asked for
 * @param unreadCount how many of all are unread
 */
public record NotificationPage(List<Notification> notifications, long total, long unreadCount, int limit, int offset) {
    public NotificationPage {
        notifications = List.copyOf(notifications);
    }
}
