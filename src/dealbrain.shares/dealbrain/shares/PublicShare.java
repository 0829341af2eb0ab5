package dealbrain.shares;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.listings.Listing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A shared listing, as a client with the link sees it.
 *
 * @param shareId  the id of the link, whose views are counted
 * @param sharedBy the display name of the link's creator, or the username if there is none
 */
record PublicShare(
        @JsonIgnore long shareId,
        String shareToken,
        long listingId,
        long viewCount,
        @JsonProperty("is_expired") boolean isExpired,
        @Nullable Instant expiresAt,
        String sharedBy,
        @JsonIgnoreProperties("owner_id") Listing listing) {}
