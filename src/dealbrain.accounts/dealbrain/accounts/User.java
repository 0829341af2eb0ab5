package dealbrain.accounts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.http.VersionedResource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user, as returned to the user alone; other users get a {@link PublicUser}. */
public record User(
        long id,
        String username,
        @Nullable String email,
        @Nullable String displayName,
        Role role,
        Instant createdAt,
        @JsonIgnore long rowVersion)
        implements VersionedResource {

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    @Override
    public long version() {
        return rowVersion;
    }
}
