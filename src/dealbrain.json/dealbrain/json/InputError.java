package dealbrain.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One error of an input: in the body at {@code pointer} (RFC 6901), or in the query parameter {@code parameter}.
 * Exactly one of the two is not null.
 *
 * @param candidates what the value may mean; null if it is not the name of something that is stored
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputError(
        @Nullable String pointer,
        @Nullable String parameter,
        String detail,
        @Nullable List<Candidate> candidates) {
    private static final int MAX_SHOWN = 60;

    /** Something stored that a name may mean. */
    public record Candidate(long id, String name) {}

    public InputError {
        candidates = candidates == null ? null : List.copyOf(candidates);
    }

    public static InputError at(String pointer, String detail) {
        return at(pointer, detail, null);
    }

    public static InputError at(String pointer, String detail, @Nullable List<Candidate> candidates) {
        return new InputError(pointer, null, detail, candidates);
    }

    public static InputError in(String parameter, String detail) {
        return new InputError(null, parameter, detail, null);
    }

    /** Returns the same error of an object that is a part of the body, at {@code prefix}. */
    public InputError under(String prefix) {
        return pointer == null ? this : new InputError(prefix + pointer, null, detail, candidates);
    }

    /** Returns the start of a value from a client, short enough for an error text. */
    public static String abbreviated(String value) {
        return value.codePointCount(0, value.length()) <= MAX_SHOWN
                ? value
                : value.substring(0, value.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }
}
