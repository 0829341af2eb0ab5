package dealbrain.shares;

/**
 * What is behind a link to a listing, as one statement read it.
 *
 * @param makerId of the link, whose name is shown
 */
record ListingShareTarget(PublicShare share, long makerId, ShareValidity validity) {}
