package dealbrain.notifications;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message to a user. Title and message are plain text that may contain input of other users: clients must escape
 * them.
 *
 * @param shareId the id of the share from user to user that it is about; null for none or a deleted one
 * @param readAt  the time when it was first read; null if it is unread
 */
record Notification(
        long id,
        NotificationType type,
        String title,
        @Nullable String message,
        @Nullable Long shareId,
        @Nullable Instant readAt,
        Instant createdAt) {}
