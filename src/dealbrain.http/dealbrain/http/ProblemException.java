package dealbrain.http;

import dealbrain.json.InputError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Thrown to end a request with a problem document. Carries no stack trace, because it is a response and not a bug. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ProblemType type;
    private final transient List<InputError> errors;
    private final transient Map<String, String> headers;

    private ProblemException(ProblemType type, String detail, List<InputError> errors, Map<String, String> headers) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    /** Creates the exception; {@code detail} describes this occurrence and says how to correct it. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), Map.of());
    }

    public ProblemException(ProblemType type, String detail, Map<String, String> headers) {
        this(type, detail, List.of(), headers);
    }

    /**
     * Returns the problem for a resource that does not exist. A private resource of another user must have the same
     * one, so that the response does not reveal that it exists.
     */
    public static ProblemException notFound(String what, Object id) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no " + what + " " + id + " that you can see");
    }

    public static ProblemException forbidden(String detail) {
        return new ProblemException(ProblemType.FORBIDDEN, detail);
    }

    public static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED, detail);
    }

    /** Returns the problem for one error in the body. */
    public static ProblemException invalid(String pointer, String detail) {
        return invalid(List.of(InputError.at(pointer, detail)));
    }

    /** Returns the problem for all errors of one input, at least one. */
    public static ProblemException invalid(List<InputError> errors) {
        String detail = errors.size() == 1
                ? errors.getFirst().detail()
                : errors.size() + " errors; the member errors lists them";
        return new ProblemException(ProblemType.INVALID, detail, errors, Map.of());
    }

    public static ProblemException unauthorized(String detail) {
        return new ProblemException(ProblemType.UNAUTHORIZED, detail, Map.of("WWW-Authenticate", "Bearer"));
    }

    /** Returns the problem for a temporary failure. Clients may retry after {@code retryAfter}, in whole seconds. */
    public static ProblemException unavailable(String detail, Duration retryAfter) {
        return new ProblemException(
                ProblemType.UNAVAILABLE, detail, Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    /** Returns the same problem with a header added. */
    ProblemException with(String header, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(header, value);
        return new ProblemException(type, String.valueOf(getMessage()), errors, all);
    }

    public ProblemType type() {
        return type;
    }

    public List<InputError> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
