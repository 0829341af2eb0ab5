package dealbrain.collections;

/** The visibility of a collection. */
public enum Visibility {
    /** Only the owner may read it. */
    PRIVATE,
    /** The owner may read it, and every client that has a link to it. */
    UNLISTED,
    /** Every client may read and find it. */
    PUBLIC
}
