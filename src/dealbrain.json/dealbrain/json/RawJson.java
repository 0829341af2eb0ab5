package dealbrain.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/** The text of a JSON object, written unchanged. Cheaper than parsing a JSON column only to write it again. */
public record RawJson(@JsonValue @JsonRawValue String text) {
    /** Called by Jackson, where a record that was written as JSON is read again. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RawJson of(JsonNode object) {
        return new RawJson(object.toString());
    }
}
