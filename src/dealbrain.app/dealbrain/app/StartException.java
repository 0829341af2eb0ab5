package dealbrain.app;

/** The program cannot start; the message says why and what to do, in one sentence. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }
}
