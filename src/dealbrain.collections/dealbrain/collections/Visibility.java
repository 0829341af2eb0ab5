package dealbrain.collections;

/** Who may read a collection. */
public enum Visibility {
    /** Its owner. */
    PRIVATE,
    /** Whoever has a link to it. */
    UNLISTED,
    /** Everybody. */
    PUBLIC
}
