package dealbrain.valuation;

/** How the quantity of a component is measured. A terabyte has 1024 gigabytes. */
public enum RuleMetric {
    PER_GB(LineUnit.GB),
    PER_TB(LineUnit.TB),
    FLAT(LineUnit.PIECE),
    PER_1000_MARKS(LineUnit.THOUSAND_MARKS);

    private final LineUnit unit;

    RuleMetric(LineUnit unit) {
        this.unit = unit;
    }

    /** Returns the unit of the quantity. */
    public LineUnit unit() {
        return unit;
    }
}
