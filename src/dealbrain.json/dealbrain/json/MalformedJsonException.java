package dealbrain.json;

/** Thrown if a text is not valid JSON. The message says why and where. Has no stack trace. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
