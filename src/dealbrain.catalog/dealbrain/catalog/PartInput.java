package dealbrain.catalog;

import dealbrain.json.InputError;
import java.util.List;

/** The input that creates or changes a part. */
public interface PartInput {
    /** Returns the errors that the schema cannot express. */
    default List<InputError> errors() {
        return List.of();
    }
}
