package dealbrain.http;

import dealbrain.json.InputError;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with a problem document. Carries no stack trace, as it is an answer and not a bug.
 */
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

    /** A problem of the given kind; {@code detail} says what to do about it. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), Map.of());
    }

    public ProblemException(ProblemType type, String detail, Map<String, String> headers) {
        this(type, detail, List.of(), headers);
    }

    /** The answer for what is absent, and, word for word, for what is somebody else's and private. */
    public static ProblemException notFound(String what, Object id) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no " + what + " " + id + " that you can see");
    }

    public static ProblemException forbidden(String detail) {
        return new ProblemException(ProblemType.FORBIDDEN, detail);
    }

    public static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED, detail);
    }

    /** One mistake in the body. */
    public static ProblemException invalid(String pointer, String detail) {
        return invalid(List.of(InputError.at(pointer, detail)));
    }

    /** All mistakes of one input, at least one. */
    public static ProblemException invalid(List<InputError> errors) {
        String detail =
                errors.size() == 1 ? errors.getFirst().detail() : errors.size() + " mistakes; errors lists each";
        return new ProblemException(ProblemType.INVALID, detail, errors, Map.of());
    }

    public static ProblemException unauthorized(String detail) {
        return new ProblemException(ProblemType.UNAUTHORIZED, detail, Map.of("WWW-Authenticate", "Bearer"));
    }

    /** The service cannot answer now; the client may try again after {@code wait}, in whole seconds. */
    public static ProblemException unavailable(String detail, Duration wait) {
        return new ProblemException(
                ProblemType.UNAVAILABLE, detail, Map.of("Retry-After", Long.toString(wait.toSeconds())));
    }

    public ProblemType type() {
        return type;
    }

    public List<InputError> errors() {
        return errors;
    }

    Map<String, String> headers() {
        return headers;
    }
}
