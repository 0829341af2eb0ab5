package dealbrain.valuation;

/** A component of a PC whose value is subtracted from the price. */
public enum RuleComponent {
    RAM,
    PRIMARY_STORAGE,
    SECONDARY_STORAGE,
    GPU,
    CPU,
    /** A listing has it if its attribute {@code os_license} is true or a text. */
    OS_LICENSE,
    /** A listing has it if its attribute {@code other} is true or a text. */
    OTHER;

    /** Returns whether the component can be measured by a metric. */
    boolean has(RuleMetric metric) {
        return switch (metric) {
            case FLAT -> true;
            case PER_GB, PER_TB -> this == RAM || this == PRIMARY_STORAGE || this == SECONDARY_STORAGE;
            case PER_1000_MARKS -> this == GPU || this == CPU;
        };
    }
}
