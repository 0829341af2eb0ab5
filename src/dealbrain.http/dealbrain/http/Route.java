package dealbrain.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One row of the route table: what is matched, who may call it, what it takes and gives. The server holds requests to it
 * and the OpenAPI document is made of it. Complete after {@code routes(Router)}; not changed afterwards.
 */
public final class Route {
    static final int ONE_MEBIBYTE = 1 << 20;
    /** In place of a template, for a request that no row of the table matches; it is told so whatever it accepts or asks. */
    static final String NONE = "_other";

    static final String MERGE_PATCH = "application/merge-patch+json";

    /** A parameter of the path, and which segment of it stands for that. */
    record Parameter(int segment, String name) {}

    /** What a status carries: an object, or a page of such objects. */
    record Result(String description, @Nullable Class<?> type, boolean list) {}

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
    private boolean patch;
    private boolean supportsIfMatch;
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
                .mapToObj(i -> new Parameter(
                        i, segments.get(i).substring(1, segments.get(i).length() - 1)))
                .toList();
    }

    /** Who may call it; without this, whoever has a valid token. */
    public Route access(Access who) {
        access = who;
        return this;
    }

    /** Lets in without a token whose requests pass the test, such as those from addresses that are trusted. */
    public Route openTo(Predicate<Request> test) {
        openTo = test;
        return this;
    }

    public Route summary(String text) {
        summary = text;
        return this;
    }

    /** The record of its query parameters; without one there are none. */
    public Route query(Class<? extends Record> type) {
        query = type;
        return this;
    }

    /** The record of its JSON body; without one a body is passed over. */
    public Route body(Class<? extends Record> type) {
        body = type;
        return this;
    }

    /** The record that a JSON merge patch (RFC 7396) is applied to. */
    public Route patch(Class<? extends Record> type) {
        body = type;
        patch = true;
        return this;
    }

    /** That it honours {@code If-Match}, which its handler passes on; without this a request with such a header is refused by 412. */
    public Route supportsIfMatch() {
        supportsIfMatch = true;
        return this;
    }

    /** How many bytes a body may have; one MiB without this. */
    public Route maxBodyBytes(int bytes) {
        maxBodyBytes = bytes;
        return this;
    }

    /** 200 with an object. */
    public Route returns(Class<?> type) {
        return returns(200, "OK", type);
    }

    /** 200 with one page of a list, and the headers of a page. */
    public Route returnsPageOf(Class<?> type) {
        results.put(200, new Result("One page", type, true));
        return this;
    }

    /** 201 with what was made, and its address. */
    public Route creates(Class<?> type) {
        return returns(201, "Created", type);
    }

    /** 302, to another address. */
    Route redirects() {
        results.put(302, new Result("Elsewhere", null, false));
        return this;
    }

    /** 204. */
    public Route returnsNothing() {
        results.put(204, new Result("Done", null, false));
        return this;
    }

    public Route returns(int status, String description, Class<?> type) {
        results.put(status, new Result(description, type, false));
        return this;
    }

    /** The media types it can give, instead of JSON. */
    public Route produces(String... types) {
        mediaTypes = List.of(types);
        return this;
    }

    /** Its own kinds of problem, beside those that any route may answer with. */
    public Route problems(ProblemType... types) {
        problems.addAll(List.of(types));
        return this;
    }

    public String method() {
        return method;
    }

    /** The path with its parameters in braces, which stands for the route in logs and figures. */
    public String template() {
        return template;
    }

    /** Method and template. */
    public String name() {
        return name;
    }

    /** Those of the template, from left to right. */
    List<Parameter> parameters() {
        return parameters;
    }

    public Access access() {
        return access;
    }

    /** Whether this request needs no token on this route, whoever may call it. */
    public boolean isOpenTo(Request request) {
        return access == Access.PUBLIC || access == Access.OPTIONAL || openTo.test(request);
    }

    boolean isInTable() {
        return !template.equals(NONE);
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
        return supportsIfMatch;
    }

    boolean isPatch() {
        return patch;
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
