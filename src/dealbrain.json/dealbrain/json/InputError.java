package dealbrain.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One error of an input: in the body at {@code pointer} (RFC 6901), or in the query parameter {@code parameter}.
 * Exactly one of the two is not null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputError(@Nullable String pointer, @Nullable String parameter, String detail) {
    private static final int MAX_SHOWN = 60;

    public static InputError at(String pointer, String detail) {
        return new InputError(pointer, null, detail);
    }

    public static InputError in(String parameter, String detail) {
        return new InputError(null, parameter, detail);
    }

    /** Returns the start of a value from a client, short enough for an error text. */
    public static String abbreviated(String value) {
        return value.codePointCount(0, value.length()) <= MAX_SHOWN
                ? value
                : value.substring(0, value.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }
}
