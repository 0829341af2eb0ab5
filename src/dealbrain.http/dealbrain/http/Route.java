package dealbrain.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the route table: method, path, required credentials, input and results. The server enforces it, and the
 * OpenAPI document is generated from it. Must not be changed after the start of the server.
 */
public final class Route {
    static final int ONE_MEBIBYTE = 1 << 20;
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
    /** The template of requests without a route. Their method and media types are not checked. */
    static final String UNMATCHED = "_other";

    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String CSV = "text/csv";
    static final String FORM = "application/x-www-form-urlencoded";

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
    private Access access;
    private @Nullable String operationId;
    private String summary = "";
    private List<String> mediaTypes = List.of(Response.JSON);
    private int maxBodyBytes = ONE_MEBIBYTE;
    private @Nullable Predicate<Request> openTo;
    private List<String> headers = List.of();
    private boolean isForPeople;
    private boolean isStreamed;
    private boolean isPatch;
    private List<String> textParameters = List.of();
    private @Nullable String tagTemplate;
    private @Nullable Pattern linkEnd;
    private @Nullable Class<?> query;
    private @Nullable Class<?> body;
    private int maxCsvRows;

    Route(String method, String template, Handler handler) {
        this.method = method;
        this.template = template;
        this.name = method + " " + template;
        this.parameters = parameters(Router.segments(template));
        this.handler = handler;
        this.access = method.equals("GET") ? Access.READ : Access.WRITE;
    }

    private static List<Parameter> parameters(List<String> segments) {
        return IntStream.range(0, segments.size())
                .filter(i -> Router.isParameter(segments.get(i)))
                .mapToObj(i -> new Parameter(i, Router.parameterName(segments.get(i))))
                .toList();
    }

    /** Sets the required credentials; by default {@link Access#READ} for GET, else {@link Access#WRITE}. */
    public Route access(Access required) {
        access = required;
        return this;
    }

    /** Allows requests that match {@code test} without a token, such as those from trusted addresses. */
    public Route openTo(Predicate<Request> test) {
        openTo = test;
        return this;
    }

    /**
     * Sets the name of the operation, such as {@code listCollections}: unique among all routes, and never changed,
     * because clients that are generated from the OpenAPI document call their methods so.
     */
    public Route operation(String id) {
        operationId = id;
        return this;
    }

    public Route summary(String text) {
        summary = text;
        return this;
    }

    /** Declares path parameters that are texts, although their names end like those of ids. */
    public Route texts(String... parameterNames) {
        textParameters = List.of(parameterNames);
        return this;
    }

    /** Sets the record of the query parameters; by default, parameters are rejected. */
    public Route query(Class<? extends Record> type) {
        query = type;
        return this;
    }

    /** Marks a route that links lead to, as {@link #linked(Pattern)}, with any last segment. */
    public Route linked() {
        return linked(ANY);
    }

    /**
     * Marks a route that links lead to. Such links are shortened, extended and quoted by others, so the route ignores
     * unknown query parameters, uses the defaults of invalid ones, and responds with what it has to any {@code Accept}.
     * A last segment with more than the characters of {@code end} is redirected to the part that matches.
     */
    public Route linked(Pattern end) {
        linkEnd = end;
        return this;
    }

    /**
     * Marks a page for people, which is not a part of the API: the OpenAPI document leaves it out, and it may be
     * requested with any query parameters and any {@code Accept}.
     */
    public Route page() {
        isForPeople = true;
        return produces(Response.HTML).linked();
    }

    /** Sets the record of the JSON body; by default, a body is ignored. */
    public Route body(Class<? extends Record> type) {
        body = type;
        return this;
    }

    /** Declares a CSV file as the body, with up to {@code maxRows} rows below its header. */
    public Route csvBody(int maxRows) {
        maxCsvRows = maxRows;
        return this;
    }

    /** Sets the record to which the JSON merge patch (RFC 7396) in the body is applied. */
    public Route patch(Class<? extends Record> type) {
        body = type;
        isPatch = true;
        return this;
    }

    /**
     * Allows the header {@code If-Match} with the entity tag of GET of the same path, which the handler must evaluate;
     * by default, the header is rejected with 412.
     */
    public Route supportsIfMatch() {
        return supportsIfMatchOf(template);
    }

    /**
     * Allows the header {@code If-Match} with the entity tag of GET of another path, such as that of a collection for a
     * path that changes a part of it. {@code other} may use the parameters of this route.
     */
    public Route supportsIfMatchOf(String other) {
        tagTemplate = other;
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

    /** Declares that the body is streamed, so that it has no entity tag. */
    public Route streams() {
        isStreamed = true;
        return this;
    }

    /** Declares headers of successful responses besides those that the server adds. */
    public Route sends(List<String> names) {
        headers = List.copyOf(names);
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

    /** Returns whether a path parameter is an id: an integer. */
    boolean isId(String parameter) {
        return (parameter.equals("id") || parameter.endsWith("_id")) && !textParameters.contains(parameter);
    }

    public Access access() {
        return access;
    }

    /** Returns whether the request is allowed without a token. */
    public boolean isOpenTo(Request request) {
        return access == Access.PUBLIC || access == Access.OPTIONAL || (openTo != null && openTo.test(request));
    }

    /** Returns whether some requests are allowed without a token, by {@link #openTo}. */
    boolean isOpenToSome() {
        return openTo != null;
    }

    /** Returns whether this is a route of the table, in contrast to the substitute for a request without a route. */
    boolean isMatched() {
        return !template.equals(UNMATCHED);
    }

    Handler handler() {
        return handler;
    }

    /** Returns the name of the operation; without one, a name made of method and path. */
    String operationId() {
        return operationId != null
                ? operationId
                : method.toLowerCase(Locale.ROOT)
                        + template.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
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
        return tagTemplate != null;
    }

    /** Returns the path whose entity tag {@code If-Match} names; null if the header is not supported. */
    @Nullable
    String tagTemplate() {
        return tagTemplate;
    }

    /** Returns whether links lead to this route. */
    boolean isLinked() {
        return linkEnd != null;
    }

    /** Returns the pattern of the last segment. */
    Pattern linkEnd() {
        return linkEnd == null ? ANY : linkEnd;
    }

    /** Returns whether the last segment of a path has no characters too many. */
    boolean isIntact(String lastSegment) {
        return linkEnd == null || linkEnd == ANY || linkEnd.matcher(lastSegment).matches();
    }

    /** Returns whether the route is a page for people, and not a part of the API. */
    boolean isForPeople() {
        return isForPeople;
    }

    /** Returns whether the route responds with an HTML page. */
    boolean isPage() {
        return mediaTypes.contains(Response.HTML);
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

    /** Returns whether the body is a CSV file. */
    boolean isCsv() {
        return maxCsvRows > 0;
    }

    int maxCsvRows() {
        return maxCsvRows;
    }

    boolean isStreamed() {
        return isStreamed;
    }

    List<String> headers() {
        return headers;
    }

    Map<Integer, Result> results() {
        return results;
    }

    List<ProblemType> problems() {
        return problems;
    }
}
