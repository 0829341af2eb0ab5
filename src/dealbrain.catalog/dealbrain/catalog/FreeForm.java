package dealbrain.catalog;

import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.List;

/** Limits the size of free-form members, because a page of a thousand listings contains all of them. */
public final class FreeForm {
    public static final int MAX_LENGTH = 16_384;

    private FreeForm() {}

    public static List<InputError> errors(String pointer, Object value) {
        int length = Json.text(value).length();
        return length <= MAX_LENGTH
                ? List.of()
                : List.of(InputError.at(
                        pointer,
                        pointer.substring(pointer.lastIndexOf('/') + 1) + " must not be longer than " + MAX_LENGTH
                                + " characters as JSON, was " + length));
    }
}
