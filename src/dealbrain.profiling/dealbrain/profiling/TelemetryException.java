package dealbrain.profiling;

/** Thrown when the SDK of OpenTelemetry rejects its configuration. The message names the environment variable. */
public final class TelemetryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TelemetryException(String message, Throwable cause) {
        super(message, cause);
    }
}
