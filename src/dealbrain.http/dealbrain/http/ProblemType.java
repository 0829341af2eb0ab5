package dealbrain.http;

/**
 * A type of problem, documented at {@code /problems/<code>} (RFC 9457, section 3.1.1).
 *
 * @param code   the last segment of the URI of the type
 * @param status the HTTP status of the response
 * @param title  a short summary, the same for every occurrence
 * @param advice how to correct the problem, as plain text
 */
public record ProblemType(String code, int status, String title, String advice) {
    public static final ProblemType MALFORMED = new ProblemType(
            "malformed-request",
            400,
            "Malformed request",
            "The request violates the syntax of HTTP, JSON, percent-encoding or UTF-8. The member detail says where.");
    public static final ProblemType UNAUTHORIZED = new ProblemType(
            "unauthorized", 401, "Valid token required", "Send a valid token in the header Authorization: Bearer.");
    public static final ProblemType FORBIDDEN = new ProblemType(
            "forbidden",
            403,
            "Forbidden",
            "The resource is visible to you but belongs to another user, or the token lacks a scope or a role.");
    public static final ProblemType NOT_FOUND = new ProblemType(
            "not-found",
            404,
            "Not found",
            "The resource does not exist, or it is private and belongs to another user.");
    public static final ProblemType METHOD_NOT_ALLOWED = new ProblemType(
            "method-not-allowed", 405, "Method not allowed", "The header Allow lists the methods of this path.");
    public static final ProblemType NOT_ACCEPTABLE = new ProblemType(
            "not-acceptable", 406, "Not acceptable", "The header Accept excludes every media type of this path.");
    public static final ProblemType CONFLICT = new ProblemType(
            "conflict",
            409,
            "Conflict",
            "The request conflicts with the stored state. Read the resource again, then decide.");
    public static final ProblemType PRECONDITION_FAILED = new ProblemType(
            "precondition-failed",
            412,
            "Precondition failed",
            "The resource changed after the state that the header If-Match names. Read it again before you change it.");
    public static final ProblemType TOO_LARGE = new ProblemType(
            "body-too-large",
            413,
            "Body too large",
            "The body exceeds the limit of this path. Split it into several requests.");
    public static final ProblemType URI_TOO_LONG = new ProblemType(
            "uri-too-long", 414, "URI too long", "The path and query together exceed the limit of the server.");
    public static final ProblemType UNSUPPORTED_MEDIA_TYPE = new ProblemType(
            "unsupported-media-type",
            415,
            "Unsupported media type",
            "Send the body uncompressed, in UTF-8, with the header Content-Type that the OpenAPI document names.");
    public static final ProblemType INVALID = new ProblemType(
            "invalid-input",
            422,
            "Invalid input",
            "The syntax of the request is valid, but some values are not. The member errors lists every error.");
    public static final ProblemType TOO_MANY_REQUESTS = new ProblemType(
            "too-many-requests",
            429,
            "Too many requests",
            "Wait for the number of seconds in the header Retry-After, then retry.");
    public static final ProblemType HEADERS_TOO_LARGE = new ProblemType(
            "headers-too-large",
            431,
            "Header fields too large",
            "The header fields exceed the limit of the server. Send fewer or shorter ones.");
    public static final ProblemType INTERNAL = new ProblemType(
            "internal-error",
            500,
            "Internal error",
            "The server has a bug, and logged it. Report the request_id to the operator.");
    public static final ProblemType UNAVAILABLE = new ProblemType(
            "unavailable",
            503,
            "Temporarily unavailable",
            "The server cannot process the request now. Retry after the number of seconds in the header Retry-After.");

    /** The types that any route may return; routes declare all others. */
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

    /** Returns a type with the status 401 that a module declares. */
    public static ProblemType unauthorized(String code, String title, String advice) {
        return new ProblemType(code, 401, title, advice);
    }

    /** Returns a type with the status 403 that a module declares. */
    public static ProblemType forbidden(String code, String title, String advice) {
        return new ProblemType(code, 403, title, advice);
    }

    /** Returns a type with the status 404 that a module declares. */
    public static ProblemType notFound(String code, String title, String advice) {
        return new ProblemType(code, 404, title, advice);
    }

    /** Returns a type with the status 409 that a module declares. */
    public static ProblemType conflict(String code, String title, String advice) {
        return new ProblemType(code, 409, title, advice);
    }

    /** Returns a type with the status 429 that a module declares. */
    public static ProblemType tooManyRequests(String code, String title, String advice) {
        return new ProblemType(code, 429, title, advice);
    }

    /** Returns a type with the status 503 that a module declares. */
    public static ProblemType unavailable(String code, String title, String advice) {
        return new ProblemType(code, 503, title, advice);
    }

    String uri() {
        return "/problems/" + code;
    }
}
