package dealbrain.shares;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A public link to a collection, as its owner sees it.
 *
 * @param shareUrl  not stored: the service adds it
 * @param viewCount the number of views by people, without crawlers
 * @param expiresAt null for a link that does not expire
 * @param isExpired whether the link had expired when it was read, by the clock of the database
 */
record CollectionShare(
        long id,
        long collectionId,
        String shareToken,
        String shareUrl,
        long viewCount,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @JsonProperty("is_expired") boolean isExpired) {

    CollectionShare withUrl(String url) {
        return new CollectionShare(id, collectionId, shareToken, url, viewCount, createdAt, expiresAt, isExpired);
    }
}
