package dealbrain.notifications;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a user is told. Title and message are plain text in which users may have typed anything: whoever shows them
 * as something else escapes them.
 *
 * @param shareId the id of the share from user to user that it is about; null when it is about none, or that was deleted
 * @param readAt  when it was read first; null until then
 */
public record Notification(
        long id,
        NotificationType type,
        String title,
        @Nullable String message,
        @Nullable Long shareId,
        @Nullable Instant readAt,
        Instant createdAt) {}
