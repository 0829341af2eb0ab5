package dealbrain.notifications;

/** The event that a notification is about. */
public enum NotificationType {
    SHARE_RECEIVED,
    SHARE_IMPORTED,
    COLLECTION_COPIED,
    SYSTEM
}
