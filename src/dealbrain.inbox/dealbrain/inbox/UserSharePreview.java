package dealbrain.inbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.listings.Listing;

/** A share as viewers other than sender and recipient see it. */
record UserSharePreview(
        @JsonIgnoreProperties("owner_id") Listing listing,
        String senderUsername,
        @JsonProperty("is_expired") boolean isExpired)
        implements UserShareView {}
