package dealbrain.inbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.accounts.User;
import dealbrain.listings.Listing;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A listing that one user shared with another, as these two see it.
 *
 * @param viewedAt   when the recipient opened or imported it first
 * @param importedAt when the recipient put it into a collection first
 * @param isExpired  by the database's clock, when it was read
 */
public record UserShare(
        long id,
        long senderId,
        String senderUsername,
        long recipientId,
        String recipientUsername,
        long listingId,
        String shareToken,
        @Nullable String message,
        Instant sharedAt,
        Instant expiresAt,
        @Nullable Instant viewedAt,
        @Nullable Instant importedAt,
        @JsonProperty("is_expired") boolean isExpired,
        @JsonProperty("is_viewed") boolean isViewed,
        @JsonProperty("is_imported") boolean isImported,
        Listing listing)
        implements UserShareView {

    boolean isFor(Optional<User> viewer) {
        return viewer.filter(user -> user.id() == recipientId).isPresent();
    }

    boolean isFrom(Optional<User> viewer) {
        return viewer.filter(user -> user.id() == senderId).isPresent();
    }

    /** To others than the two, the token opens the listing and says who shared it. */
    UserShareView seenBy(Optional<User> viewer) {
        return isFrom(viewer) || isFor(viewer) ? this : new UserSharePreview(listing, senderUsername, isExpired);
    }
}
