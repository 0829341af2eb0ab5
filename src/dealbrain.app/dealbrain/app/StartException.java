package dealbrain.app;

/** Thrown if the server cannot start. The message is shown to the user: it says why, and what to do. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }
}
