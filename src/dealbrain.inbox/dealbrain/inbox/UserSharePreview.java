package dealbrain.inbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.listings.Listing;

/** What a share from user to user shows to those who are neither, but hold its token. */
public record UserSharePreview(
        @JsonIgnoreProperties("owner_id") Listing listing,
        String senderUsername,
        @JsonProperty("is_expired") boolean isExpired)
        implements UserShareView {}
