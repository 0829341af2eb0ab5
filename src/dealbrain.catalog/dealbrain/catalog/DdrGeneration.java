package dealbrain.catalog;

/** The kinds of memory, as in the JEDEC standards' names. */
public enum DdrGeneration {
    DDR3,
    DDR4,
    DDR5,
    LPDDR4,
    LPDDR4X,
    LPDDR5,
    LPDDR5X,
    HBM2,
    HBM3,
    UNKNOWN
}
