package dealbrain.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation without its code.
 *
 * @param note      for whom it is
 * @param createdBy the username of the administrator; null after the deletion of that user
 * @param usedAt    null until a person signs up with it
 * @param usedBy    the username of that person; null after the deletion of that user
 */
record Invite(
        long id,
        @Nullable String note,
        @Nullable String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable String usedBy) {}
