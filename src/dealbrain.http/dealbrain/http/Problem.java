package dealbrain.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457) as it is sent.
 *
 * @param instance  the path of the request, without its query
 * @param requestId what the log calls this request
 * @param errors    each mistake of an invalid input; null for other problems
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Mistake> errors) {

    /**
     * One mistake of an input: in the body at {@code pointer} (RFC 6901), or in the {@code parameter} of that name.
     * Exactly one of the two is not null.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Mistake(
            @Nullable String pointer, @Nullable String parameter, String detail) {
        public static Mistake at(String pointer, String detail) {
            return new Mistake(pointer, null, detail);
        }

        public static Mistake in(String parameter, String detail) {
            return new Mistake(null, parameter, detail);
        }
    }
}
