package dealbrain.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token with its secret, as returned once at its creation; only the hash is stored. */
record NewToken(
        long id,
        @Nullable String name,
        Scope scope,
        String token,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    @Override
    public String toString() {
        return "NewToken[" + id + "]";
    }
}
