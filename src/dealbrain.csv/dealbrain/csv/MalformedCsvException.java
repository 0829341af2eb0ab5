package dealbrain.csv;

/** Thrown if a file cannot be read as CSV. The message says why and in which row. Has no stack trace. */
public final class MalformedCsvException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedCsvException(String message) {
        super(message, null, false, false);
    }
}
