package dealbrain.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token without its secret. {@code expiresAt} is null for one that lasts until it is deleted. */
public record AccessToken(
        long id,
        @Nullable String name,
        Scope scope,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
