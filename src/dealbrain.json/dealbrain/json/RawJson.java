package dealbrain.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A JSON object as the database gave it, sent on as it is: reading it into a tree to write it out again is the dearest way
 * to copy a text.
 */
public record RawJson(@JsonValue @JsonRawValue String text) {}
