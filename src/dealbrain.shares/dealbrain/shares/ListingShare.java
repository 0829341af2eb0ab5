package dealbrain.shares;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A public link to a listing, as its creator sees it.
 *
 * @param shareUrl  not stored: the service adds it
 * @param viewCount the number of views by people, without crawlers
 * @param createdBy the id of the creator
 * @param expiresAt null for a link that does not expire
 * @param isExpired whether the link had expired when it was read, by the clock of the database
 */
record ListingShare(
        long id,
        long listingId,
        String shareToken,
        String shareUrl,
        long viewCount,
        Instant createdAt,
        long createdBy,
        @Nullable Instant expiresAt,
        @JsonProperty("is_expired") boolean isExpired) {

    ListingShare withUrl(String url) {
        return new ListingShare(id, listingId, shareToken, url, viewCount, createdAt, createdBy, expiresAt, isExpired);
    }
}
