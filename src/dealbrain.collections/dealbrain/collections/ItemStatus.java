package dealbrain.collections;

/** What the owner of a collection makes of a listing in it. */
public enum ItemStatus {
    UNDECIDED,
    SHORTLISTED,
    REJECTED,
    BOUGHT
}
