package dealbrain.app;

import java.util.List;

/** The configuration has mistakes; the message has a line for each of them. */
final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConfigException(List<String> errors) {
        super(String.join("\n", errors));
    }
}
