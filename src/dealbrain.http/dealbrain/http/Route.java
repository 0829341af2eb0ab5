package dealbrain.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the route table: method, path, required credentials, input and results. The server enforces it, and the
 * OpenAPI document is generated from it. Must not be changed after the start of the server.
 */
public final class Route {
    static final int ONE_MEBIBYTE = 1 << 20;
    /** The template of requests without a route. Their method and media types are not checked. */
    static final String UNMATCHED = "_other";

    static final String MERGE_PATCH = "application/merge-patch+json";

    /** A path parameter, and the index of its segment. */
    record Parameter(int segment, String name) {}

    /** The body of a status: an object, or a page of such objects; null for none. */
    record Result(String description, @Nullable Class<?> type, boolean isPage) {}

    private final String method;
    private final String template;
    private final String name;
    private final List<Parameter> parameters;
    private final Handler handler;
    private final List<ProblemType> problems = new ArrayList<>();
    private final Map<Integer, Result> results = new TreeMap<>();
    private Access access = Access.READ;
    private String summary = "";
    private List<String> mediaTypes = List.of(Response.JSON);
    private int maxBodyBytes = ONE_MEBIBYTE;
    private Predicate<Request> openTo = _ -> false;
    private boolean isPatch;
    private boolean isIfMatchSupported;
    private @Nullable Class<?> query;
    private @Nullable Class<?> body;

    Route(String method, String template, Handler handler) {
        this.method = method;
        this.template = template;
        this.name = method + " " + template;
        this.parameters = parameters(Router.segments(template));
        this.handler = handler;
    }

    private static List<Parameter> parameters(List<String> segments) {
        return IntStream.range(0, segments.size())
                .filter(i -> Router.isParameter(segments.get(i)))
                .mapToObj(i -> new Parameter(i, Router.parameterName(segments.get(i))))
                .toList();
    }

    /** Sets the required credentials; {@link Access#READ} by default. */
    public Route access(Access required) {
        access = required;
        return this;
    }

    /** Allows requests that match {@code test} without a token, such as those from trusted addresses. */
    public Route openTo(Predicate<Request> test) {
        openTo = test;
        return this;
    }

    public Route summary(String text) {
        summary = text;
        return this;
    }

    /** Sets the record of the query parameters; by default, parameters are rejected. */
    public Route query(Class<? extends Record> type) {
        query = type;
        return this;
    }

    /** Sets the record of the JSON body; by default, a body is ignored. */
    public Route body(Class<? extends Record> type) {
        body = type;
        return this;
    }

    /** Sets the record to which the JSON merge patch (RFC 7396) in the body is applied. */
    public Route patch(Class<? extends Record> type) {
        body = type;
        isPatch = true;
        return this;
    }

    /** Allows the header {@code If-Match}, which the handler must evaluate; by default, it is rejected with 412. */
    public Route supportsIfMatch() {
        isIfMatchSupported = true;
        return this;
    }

    /** Sets the maximum size of the body; one MiB by default. */
    public Route maxBodyBytes(int bytes) {
        maxBodyBytes = bytes;
        return this;
    }

    /** Declares 200 with an object. */
    public Route returns(Class<?> type) {
        return returns(200, "OK", type);
    }

    /** Declares 200 with a page of a list, and its headers. */
    public Route returnsPageOf(Class<?> type) {
        results.put(200, new Result("One page", type, true));
        return this;
    }

    /** Declares 201 with the created resource, and its URI. */
    public Route creates(Class<?> type) {
        return returns(201, "Created", type);
    }

    /** Declares 302. */
    Route redirects() {
        results.put(302, new Result("Redirect", null, false));
        return this;
    }

    /** Declares 204. */
    public Route returnsNothing() {
        results.put(204, new Result("Done", null, false));
        return this;
    }

    /** Declares a status with an object. */
    public Route returns(int status, String description, Class<?> type) {
        results.put(status, new Result(description, type, false));
        return this;
    }

    /** Sets the media types of the response; JSON by default. */
    public Route produces(String... types) {
        mediaTypes = List.of(types);
        return this;
    }

    /** Declares problem types besides those that any route may return. */
    public Route problems(ProblemType... types) {
        problems.addAll(List.of(types));
        return this;
    }

    public String method() {
        return method;
    }

    /**
     * Returns the path with its parameters in braces, such as {@code /users/{id}}. It identifies the route in metrics.
     */
    public String template() {
        return template;
    }

    /** Returns method and template, separated by a space. */
    public String name() {
        return name;
    }

    /** Returns the path parameters from left to right. */
    List<Parameter> parameters() {
        return parameters;
    }

    public Access access() {
        return access;
    }

    /** Returns whether the request is allowed without a token. */
    public boolean isOpenTo(Request request) {
        return access == Access.PUBLIC || access == Access.OPTIONAL || openTo.test(request);
    }

    /** Returns whether this is a route of the table, in contrast to the substitute for a request without a route. */
    boolean isMatched() {
        return !template.equals(UNMATCHED);
    }

    Handler handler() {
        return handler;
    }

    String summary() {
        return summary;
    }

    List<String> mediaTypes() {
        return mediaTypes;
    }

    int maxBodyBytes() {
        return maxBodyBytes;
    }

    boolean isIfMatchSupported() {
        return isIfMatchSupported;
    }

    boolean isPatch() {
        return isPatch;
    }

    @Nullable
    Class<?> query() {
        return query;
    }

    @Nullable
    Class<?> body() {
        return body;
    }

    Map<Integer, Result> results() {
        return results;
    }

    List<ProblemType> problems() {
        return problems;
    }
}
