package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dealbrain.json.InputSchemas;
import dealbrain.json.InvalidInputException;
import dealbrain.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls routes of the API within the process. Pages are clients of the API: each rule, limit, permission and error
 * text is that of the route, and nothing is sent or parsed. A call is one of the user who is attached to the request of
 * the page. Thread-safe.
 *
 * <p>Problems are thrown as {@link ProblemException}.
 */
public final class ApiCalls {
    private final Router router;
    private final Filter authentication;

    /**
     * Creates the calls of the routes of a router, also of those that are added later.
     *
     * @param authentication checks what the user may call; must accept a user who is attached to the request
     */
    public ApiCalls(Router router, Filter authentication) {
        this.router = router;
        this.authentication = authentication;
    }

    /**
     * Returns the result for a path and a query.
     *
     * @param target both, percent-encoded where necessary
     */
    public ApiResult get(Request page, String target) {
        return call(page, "GET", target, null);
    }

    /** Returns the result for a path and decoded query parameters. */
    public ApiResult get(Request page, String path, Form query) {
        return new ApiResult(respond(page, "GET", path, query, Map.of(), NullNode.instance));
    }

    /**
     * Sends a body.
     *
     * @param body a map or a tree, which becomes JSON; a text for CSV; null for none
     */
    public ApiResult post(Request page, String target, @Nullable Object body) {
        return call(page, "POST", target, body);
    }

    /** Sends a body as {@link #post} does. */
    public ApiResult put(Request page, String target, @Nullable Object body) {
        return call(page, "PUT", target, body);
    }

    /** Changes the members of {@code body}, as a JSON merge patch: a value null deletes, a missing one keeps. */
    public ApiResult patch(Request page, String target, Object body) {
        return call(page, "PATCH", target, body);
    }

    /** Changes as {@link #patch} does, if the resource still has the version of an entity tag. */
    public ApiResult patch(Request page, String target, Object body, String ifMatch) {
        Map<String, String> headers = ifMatch.isEmpty() ? Map.of() : Map.of("If-Match", ifMatch);
        return new ApiResult(respond(page, "PATCH", target, Form.EMPTY, headers, Json.tree(body)));
    }

    public ApiResult delete(Request page, String target) {
        return call(page, "DELETE", target, null);
    }

    /** Sends a body as {@link #post} does. */
    public ApiResult delete(Request page, String target, Object body) {
        return call(page, "DELETE", target, body);
    }

    private ApiResult call(Request page, String method, String target, @Nullable Object body) {
        JsonNode input = body == null ? NullNode.instance : Json.tree(body);
        int mark = target.indexOf('?');
        Form query = mark < 0 ? Form.EMPTY : new Form(UriDecoder.query(target.substring(mark + 1)));
        String path = mark < 0 ? target : target.substring(0, mark);
        return new ApiResult(respond(page, method, path, query, Map.of(), input));
    }

    /** Returns the response of GET as it is, such as the file of an export for a link to download it. */
    public Response download(Request page, String path, Form query) {
        return respond(page, "GET", path, query, Map.of(), NullNode.instance);
    }

    private Response respond(
            Request page, String method, String path, Form query, Map<String, String> headers, JsonNode input) {
        Router.Match match = router.match(method, UriDecoder.path(path));
        Request call = page.calling(method, path, match, query.fields(), headers, input);
        try {
            if (match.route().query() == null && !call.query().isEmpty()) {
                throw ProblemException.invalid(InputSchemas.unknownParameters(call.query()));
            }
            return authentication.filter(call, match.route().handler());
        } catch (InvalidInputException e) { // a merge patch is validated when it is applied
            throw ProblemException.invalid(e.errors());
        }
    }
}
