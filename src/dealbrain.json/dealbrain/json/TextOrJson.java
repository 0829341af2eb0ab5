package dealbrain.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an input member of the type {@code JsonNode} that is a JSON document: any object or array, or a text of at most
 * {@code maxLength} characters that contains one. The text is not parsed.
 */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface TextOrJson {
    int maxLength();
}
