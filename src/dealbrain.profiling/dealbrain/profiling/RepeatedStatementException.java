package dealbrain.profiling;

/** A piece of work ran one statement again and again, where that is not allowed; the stack shows from where. */
public final class RepeatedStatementException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RepeatedStatementException(String message) {
        super(message);
    }
}
