package dealbrain.accounts;

/** The rights of a token; {@link #WRITE} includes {@link #READ}, and {@link #METRICS} is good for nothing else. */
public enum Scope {
    READ,
    WRITE,
    METRICS
}
