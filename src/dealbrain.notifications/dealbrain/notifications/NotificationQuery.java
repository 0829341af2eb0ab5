package dealbrain.notifications;

import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** The query of the list of one's notifications. */
public record NotificationQuery(
        @Default("false") boolean unreadOnly,
        @Nullable NotificationType notificationType,
        @Default("20") @Min(1) @Max(100) int limit,
        @Default("0") @Min(0) int offset) {}
