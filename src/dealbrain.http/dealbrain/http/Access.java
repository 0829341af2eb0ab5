package dealbrain.http;

/** Who may call a route at all; whether they may see the thing they name is a rule of its service. */
public enum Access {
    /** Anybody. */
    PUBLIC,
    /** Anybody; with a valid token some see more. */
    OPTIONAL,
    /** Any valid token. */
    READ,
    /** A token with the scope {@code write}. */
    WRITE,
    /** A token of an administrator, with the scope {@code write} unless the route only reads. */
    ADMIN,
    /**
     * Like {@link #ADMIN}, for pages and figures that a browser or a scraper reads: these may send the token as the password of
     * HTTP Basic (RFC 7617), with any name.
     */
    OPERATOR
}
