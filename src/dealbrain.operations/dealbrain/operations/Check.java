package dealbrain.operations;

/** One answer to "is it well?", with what a person wants to know about it. */
public record Check(String name, State state, String detail) {
    /** From good to bad. */
    public enum State {
        OK,
        WARN,
        BAD
    }
}
