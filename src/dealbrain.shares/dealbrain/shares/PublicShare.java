package dealbrain.shares;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.listings.Listing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A shared listing as anybody sees it who has the link.
 *
 * @param shareId  what its views are counted for
 * @param sharedBy the display name of the maker of the link, or else their username
 */
public record PublicShare(
        @JsonIgnore long shareId,
        String shareToken,
        long listingId,
        long viewCount,
        @JsonProperty("is_expired") boolean isExpired,
        @Nullable Instant expiresAt,
        String sharedBy,
        @JsonIgnoreProperties("owner_id") Listing listing) {}
