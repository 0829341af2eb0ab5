package dealbrain.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token without its secret.
 *
 * @param expiresAt null for a token that does not expire
 */
record AccessToken(
        long id,
        @Nullable String name,
        Scope scope,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
