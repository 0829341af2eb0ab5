package dealbrain.operations;

/** The result of one check of this instance, with a short explanation. */
record HealthCheck(String name, Status status, String detail) {
    /** From best to worst. */
    enum Status {
        OK,
        WARN,
        BAD
    }
}
