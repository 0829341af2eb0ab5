package dealbrain.accounts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.http.VersionedResource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user, as administrators see them.
 *
 * @param passwordExpiresAt until when the user can sign in with the one-time password; null if the user has chosen the
 *                          password
 */
record Account(
        long id,
        String username,
        @Nullable String email,
        @Nullable String displayName,
        Role role,
        boolean disabled,
        @Nullable Instant passwordExpiresAt,
        Instant createdAt,
        @JsonIgnore long rowVersion)
        implements VersionedResource {

    @Override
    public long version() {
        return rowVersion;
    }
}
