package dealbrain.listings;

/** The state in which a thing is sold; null in a listing that does not state it. */
public enum Condition {
    NEW,
    REFURB,
    USED
}
