package dealbrain.accounts;

/** The rights of a token; {@link #WRITE} includes {@link #READ}. */
public enum Scope {
    READ,
    WRITE
}
