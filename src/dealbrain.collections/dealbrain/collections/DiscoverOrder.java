package dealbrain.collections;

/** The sort orders of the public collections. */
enum DiscoverOrder {
    /** Newest first. */
    RECENT,
    /** Most viewed first. */
    POPULAR
}
