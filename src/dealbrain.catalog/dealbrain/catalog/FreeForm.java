package dealbrain.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits the size of free-form members, because a page of a thousand listings contains all of them, and their nesting:
 * a file of an export nests them five levels deeper, and must not nest deeper than any JSON may.
 */
public final class FreeForm {
    public static final int MAX_LENGTH = 16_384;
    public static final int MAX_DEPTH = 32;

    private FreeForm() {}

    public static List<InputError> errors(String pointer, Object value) {
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        List<InputError> errors = new ArrayList<>();
        int length = Json.text(value).length();
        if (length > MAX_LENGTH) {
            errors.add(InputError.at(
                    pointer, name + " must not be longer than " + MAX_LENGTH + " characters as JSON, was " + length));
        }
        int depth = depth(Json.tree(value));
        if (depth > MAX_DEPTH) {
            errors.add(
                    InputError.at(pointer, name + " must not nest deeper than " + MAX_DEPTH + " levels, was " + depth));
        }
        return errors;
    }

    private static int depth(JsonNode node) {
        return node.isContainerNode()
                ? 1 + node.valueStream().mapToInt(FreeForm::depth).max().orElse(0)
                : 0;
    }
}
