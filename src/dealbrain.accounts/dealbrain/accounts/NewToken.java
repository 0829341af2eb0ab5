package dealbrain.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token at the only time that it is shown; what is stored is its hash. */
public record NewToken(
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
