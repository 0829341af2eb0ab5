package dealbrain.shares;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A public link to a collection, as its owner sees it.
 *
 * @param viewCount how many people opened it; crawlers are not people
 * @param expiresAt null for a link that lasts until it is revoked
 * @param isExpired by the database's clock, when it was read
 */
public record CollectionShare(
        long id,
        long collectionId,
        String shareToken,
        String shareUrl,
        long viewCount,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @JsonProperty("is_expired") boolean isExpired) {}
