package dealbrain.listings;

import dealbrain.http.Json;
import dealbrain.http.Problem.Mistake;
import java.util.List;

/** The rule of the members whose names are free: a page of a thousand listings shows each of them. */
final class FreeForm {
    static final int MAX_LENGTH = 16_384;

    private FreeForm() {}

    static List<Mistake> mistakes(String pointer, Object value) {
        int length = Json.text(value).length();
        return length <= MAX_LENGTH
                ? List.of()
                : List.of(Mistake.at(
                        pointer,
                        pointer.substring(pointer.lastIndexOf('/') + 1) + " must not be longer than " + MAX_LENGTH
                                + " characters as JSON, was " + length));
    }
}
