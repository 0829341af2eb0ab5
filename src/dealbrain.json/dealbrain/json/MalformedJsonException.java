package dealbrain.json;

/** Thrown when a text is not JSON. The message says where and why. Carries no stack trace. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
