package dealbrain.valuation;

/** Where a value of a listing comes from: the rules of this server, or the listing, which states it. */
public enum ValueSource {
    COMPUTED,
    STATED
}
