package dealbrain.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** The text of a JSON object, written unchanged. Cheaper than parsing a JSON column only to write it again. */
public record RawJson(@JsonValue @JsonRawValue String text) {}
