package dealbrain.perf;

/** A header field of a response. */
record HeaderField(String name, String value) {
    /** Parses a line of a head, {@code name: value}. */
    static HeaderField parse(String line) {
        int colon = line.indexOf(':');
        return new HeaderField(
                line.substring(0, colon), line.substring(colon + 1).strip());
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
