package dealbrain.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token without its secret.
 *
 * @param expiresAt    null for a token that does not expire
 * @param lastUsedAt   null if it was never used; up to a minute before the actual last use
 * @param lastUsedFrom the network address of that use
 */
record AccessToken(
        long id,
        @Nullable String name,
        Scope scope,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedFrom) {}
