package dealbrain.collections;

/** The orders of the public collections. */
public enum DiscoverOrder {
    /** Newest first. */
    RECENT,
    /** Most viewed first. */
    POPULAR
}
