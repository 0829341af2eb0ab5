package dealbrain.database;

import org.jspecify.annotations.Nullable;

/** The schema cannot be migrated. The message is one sentence for the operator. */
public final class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MigrationException(String message) {
        this(message, null);
    }

    MigrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
