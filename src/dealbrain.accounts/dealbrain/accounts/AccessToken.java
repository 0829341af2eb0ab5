package dealbrain.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token without its secret.
 *
 * @param session      whether it is the session of a browser, which signed in on a page
 * @param expiresAt    null for a token that does not expire
 * @param lastUsedAt   null if it was never used; up to a minute before the actual last use
 * @param lastUsedFrom the network address of that use
 */
record AccessToken(
        long id,
        @Nullable String name,
        Scope scope,
        boolean session,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedFrom) {}
