package dealbrain.catalog;

import dealbrain.json.InputError;
import java.util.List;

/** What a part is made or changed by. */
public interface PartInput {
    /** What is wrong with it that its schema cannot say; empty when nothing is. */
    default List<InputError> errors() {
        return List.of();
    }
}
