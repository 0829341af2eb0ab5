package dealbrain.shares;

/**
 * The target of a link to a listing, as one statement reads it.
 *
 * @param creatorId the id of the link's creator, whose name is shown
 */
record ListingShareTarget(PublicShare share, long creatorId, ShareValidity validity) {}
