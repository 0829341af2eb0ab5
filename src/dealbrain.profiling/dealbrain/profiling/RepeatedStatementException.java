package dealbrain.profiling;

/** Thrown when a request or job has repeated one statement too often; the stack trace shows the loop. */
final class RepeatedStatementException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RepeatedStatementException(String message) {
        super(message);
    }
}
