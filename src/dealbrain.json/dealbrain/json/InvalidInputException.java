package dealbrain.json;

import java.util.List;

/** Thrown if an input violates its schema. Carries no stack trace, because it describes the input and not a bug. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<InputError> errors;

    InvalidInputException(List<InputError> errors) {
        super(errors.toString(), null, false, false);
        this.errors = List.copyOf(errors);
    }

    /** Returns the errors of the input, at least one. */
    public List<InputError> errors() {
        return errors;
    }
}
