package dealbrain.inbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.accounts.User;
import dealbrain.listings.Listing;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A listing that one user shared with another, as sender and recipient see it.
 *
 * @param viewedAt   when the recipient opened or imported it for the first time
 * @param importedAt when the recipient imported it into a collection for the first time
 * @param isExpired  whether the share had expired when it was read, by the clock of the database
 */
record UserShare(
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

    /** Returns the share itself for sender and recipient, a preview for other viewers, who have the token only. */
    UserShareView forViewer(Optional<User> viewer) {
        return isFrom(viewer) || isFor(viewer) ? this : new UserSharePreview(listing, senderUsername, isExpired);
    }
}
