package dealbrain.notifications;

/** How many notifications a user has not read. */
public record UnreadCount(long unreadCount) {}
