package dealbrain.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an input member of the type {@code JsonNode} that is a text of 1 to 255 characters, or an object with the
 * members of a record.
 */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface TextOr {
    Class<? extends Record> value();
}
