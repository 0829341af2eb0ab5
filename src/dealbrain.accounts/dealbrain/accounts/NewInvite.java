package dealbrain.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An invitation with its code, as returned once at its creation; only the hash is stored. */
record NewInvite(long id, String code, @Nullable String note, Instant createdAt, Instant expiresAt) {
    @Override
    public String toString() {
        return "NewInvite[" + id + "]";
    }
}
