package dealbrain.listings;

/** The state in which a thing is sold. */
public enum Condition {
    NEW,
    REFURB,
    USED
}
