package dealbrain.inbox;

import dealbrain.http.RateLimit;

/** A share that was just made, and where its sender stands in the limit after it. */
record UserShareMade(UserShare share, RateLimit limit) {}
