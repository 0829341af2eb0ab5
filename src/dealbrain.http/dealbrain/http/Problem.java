package dealbrain.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dealbrain.json.InputError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param instance  the path of the request, without its query
 * @param requestId the id of the request in the log
 * @param errors    every error of an invalid input; null for other problems
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<InputError> errors) {}
