package dealbrain.http;

/**
 * A kind of problem, with a page of its own at {@code /problems/<code>} (RFC 9457, section 3.1.1).
 *
 * @param code   the last part of the type's URI
 * @param status the HTTP status it is sent with
 * @param title  a short sentence that is the same for each occurrence
 * @param advice what the reader of the page can do about it
 */
public record ProblemType(String code, int status, String title, String advice) {
    public static final ProblemType MALFORMED = new ProblemType(
            "malformed-request",
            400,
            "Malformed request",
            "The request breaks the syntax of HTTP, of JSON, of percent-encoding or of UTF-8. The detail says where.");
    public static final ProblemType UNAUTHORIZED = new ProblemType(
            "unauthorized",
            401,
            "A valid token is needed",
            "Send the header Authorization: Bearer dbt_…; POST /api/v1/tokens makes a token from a username and a password.");
    public static final ProblemType FORBIDDEN = new ProblemType(
            "forbidden",
            403,
            "Not allowed",
            "You may see this, but not do that: it belongs to somebody else, or your token lacks the scope or the role.");
    public static final ProblemType NOT_FOUND = new ProblemType(
            "not-found", 404, "Not found", "There is no such thing, or it is somebody else's and private.");
    public static final ProblemType METHOD_NOT_ALLOWED = new ProblemType(
            "method-not-allowed",
            405,
            "Method not allowed",
            "The header Allow lists the methods that this address takes.");
    public static final ProblemType NOT_ACCEPTABLE = new ProblemType(
            "not-acceptable",
            406,
            "Not acceptable",
            "The header Accept leaves out every media type that this address can give.");
    public static final ProblemType CONFLICT = new ProblemType(
            "conflict", 409, "Conflict", "The request disagrees with what is stored. Read it anew, then decide.");
    public static final ProblemType PRECONDITION_FAILED = new ProblemType(
            "precondition-failed",
            412,
            "Changed in the meantime",
            "The header If-Match names an older state than the stored one. Read it anew, then change that.");
    public static final ProblemType TOO_LARGE = new ProblemType(
            "body-too-large", 413, "Body too large", "The body is larger than this address takes. Send it in parts.");
    public static final ProblemType URI_TOO_LONG = new ProblemType(
            "uri-too-long", 414, "Address too long", "The path and query together are longer than the server reads.");
    public static final ProblemType UNSUPPORTED_MEDIA_TYPE = new ProblemType(
            "unsupported-media-type",
            415,
            "Unsupported media type",
            "Send JSON in UTF-8 with the header Content-Type: application/json, not compressed.");
    public static final ProblemType INVALID = new ProblemType(
            "invalid-input",
            422,
            "Invalid input",
            "The request can be read, but some of it is not valid. The member errors lists every mistake.");
    public static final ProblemType TOO_MANY_REQUESTS = new ProblemType(
            "too-many-requests", 429, "Too many requests", "Wait for as many seconds as the header Retry-After says.");
    public static final ProblemType HEADERS_TOO_LARGE = new ProblemType(
            "headers-too-large",
            431,
            "Header fields too large",
            "The header of the request is larger than the server reads. Send fewer or shorter fields.");
    public static final ProblemType INTERNAL = new ProblemType(
            "internal-error",
            500,
            "Internal error",
            "The fault is ours, and it was logged. Tell the operator the request_id.");
    public static final ProblemType UNAVAILABLE = new ProblemType(
            "unavailable",
            503,
            "Unavailable for the moment",
            "The database cannot serve just now. Try again after as many seconds as the header Retry-After says.");

    /** Those that any route may answer with; the others are declared by their routes. */
    static final ProblemType[] COMMON = {
        MALFORMED,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        CONFLICT,
        PRECONDITION_FAILED,
        TOO_LARGE,
        URI_TOO_LONG,
        UNSUPPORTED_MEDIA_TYPE,
        INVALID,
        TOO_MANY_REQUESTS,
        HEADERS_TOO_LARGE,
        INTERNAL,
        UNAVAILABLE
    };

    /** A kind of 401 of a module's own. */
    public static ProblemType unauthorized(String code, String title, String advice) {
        return new ProblemType(code, 401, title, advice);
    }

    /** A kind of 403 of a module's own. */
    public static ProblemType forbidden(String code, String title, String advice) {
        return new ProblemType(code, 403, title, advice);
    }

    /** A kind of 404 of a module's own. */
    public static ProblemType notFound(String code, String title, String advice) {
        return new ProblemType(code, 404, title, advice);
    }

    /** A kind of 409 of a module's own. */
    public static ProblemType conflict(String code, String title, String advice) {
        return new ProblemType(code, 409, title, advice);
    }

    /** A kind of 429 of a module's own. */
    public static ProblemType tooManyRequests(String code, String title, String advice) {
        return new ProblemType(code, 429, title, advice);
    }

    String uri() {
        return "/problems/" + code;
    }
}
