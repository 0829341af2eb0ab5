package dealbrain.http;

/** The credentials that a route requires. Access to the single resource is decided by the service behind the route. */
public enum Access {
    /** None. */
    PUBLIC,
    /** None; a valid token may show more. */
    OPTIONAL,
    /** A valid token; the default for GET. A route with another method and this access is an exception. */
    READ,
    /** A token with the scope {@code write}; the default for all methods but GET. */
    WRITE,
    /** A token of a user with the role {@code admin}, with the scope {@code write} unless the route only reads. */
    ADMIN,
    /**
     * Like {@link #ADMIN}, for pages and metrics that a browser or a scraper reads. These clients may send the token as
     * the password of HTTP Basic (RFC 7617), with any user name.
     */
    OPERATOR,
    /** Like {@link #OPERATOR}, and the only access of tokens with the scope {@code metrics}. */
    METRICS
}
