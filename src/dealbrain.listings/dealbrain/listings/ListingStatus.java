package dealbrain.listings;

/** Whether a deal can still be had. */
public enum ListingStatus {
    ACTIVE,
    ARCHIVED,
    PENDING
}
