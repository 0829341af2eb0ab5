package dealbrain.valuation;

/** The unit of a quantity. */
public enum LineUnit {
    GB,
    TB,
    PIECE,
    THOUSAND_MARKS
}
