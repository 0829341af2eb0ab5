package dealbrain.collections;

/** What the owner of a collection has decided about a listing in it. */
public enum ItemStatus {
    UNDECIDED,
    SHORTLISTED,
    REJECTED,
    BOUGHT
}
