package dealbrain.app;

import java.util.List;

/** Thrown if the configuration is invalid. The message has one line for each mistake. */
final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConfigException(List<String> errors) {
        super(String.join("\n", errors));
    }
}
