package dealbrain.accounts;

/** What a token is good for; {@link #WRITE} includes {@link #READ}. */
public enum Scope {
    READ,
    WRITE
}
