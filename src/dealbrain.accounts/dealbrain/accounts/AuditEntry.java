package dealbrain.accounts;

import dealbrain.json.RawJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log.
 *
 * @param action     an {@link AuditAction} in lower case; another instance may have a later version with more of them
 * @param actorId    null for the server itself, and for a failed sign-in
 * @param targetName set for users only, also after their deletion
 * @param address    the address of the client; for a failed sign-in, its {@link dealbrain.http.Request#network}
 */
record AuditEntry(
        long id,
        Instant createdAt,
        String action,
        @Nullable Long actorId,
        @Nullable String actorName,
        String targetKind,
        @Nullable Long targetId,
        @Nullable String targetName,
        @Nullable String address,
        @Nullable String requestId,
        RawJson details,
        int occurrences,
        Instant lastAt) {}
