package dealbrain.json;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A sort order of a list. An enum implements it, with one constant for each order that clients may request. The same
 * constants serve the schema of the query, the SQL statement and the cursor.
 *
 * <p>{@link InputSchemas} describes such an enum by its parameters, and other enums by the lower-case names of their
 * constants.
 */
public interface SortOrder {
    /**
     * Returns the value of the query parameter, such as {@code -created_at}: letters, digits, underscores and hyphens.
     * A leading hyphen means descending.
     */
    @JsonValue
    String parameter();
}
