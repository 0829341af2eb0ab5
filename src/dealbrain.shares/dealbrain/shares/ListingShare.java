package dealbrain.shares;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A public link to a listing, as its maker sees it.
 *
 * @param viewCount how many people opened it; crawlers are not people
 * @param createdBy the id of its maker
 * @param expiresAt null for a link that lasts until it is revoked
 * @param isExpired by the database's clock, when it was read
 */
public record ListingShare(
        long id,
        long listingId,
        String shareToken,
        String shareUrl,
        long viewCount,
        Instant createdAt,
        long createdBy,
        @Nullable Instant expiresAt,
        @JsonProperty("is_expired") boolean isExpired) {}
