package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dealbrain.json.InputError;
import dealbrain.json.InputSchema;
import dealbrain.json.InputSchemas;
import dealbrain.json.InvalidInputException;
import dealbrain.json.MergePatch;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request whose route is known. Immutable but for its body, which can be read once.
 */
public final class Request {
    private final String method;
    private final String rawPath;
    private final Map<String, List<String>> query;
    private final RequestHeaders header;
    private final Supplier<InetAddress> client;
    private final String id;
    private final RequestBody body;
    private final Router.Match match;
    private final InputSchemas schemas;
    private final Map<RequestAttribute<?>, Object> attributes;

    Request(
            String method,
            String rawPath,
            Map<String, List<String>> query,
            RequestHeaders header,
            Supplier<InetAddress> client,
            String id,
            RequestBody body,
            Router.Match match,
            InputSchemas schemas,
            Map<RequestAttribute<?>, Object> attributes) {
        this.method = method;
        this.rawPath = rawPath;
        this.query = query;
        this.header = header;
        this.client = client;
        this.id = id;
        this.body = body;
        this.match = match;
        this.schemas = schemas;
        this.attributes = attributes;
    }

    public String method() {
        return method;
    }

    /** The path as it was sent, still encoded. */
    public String rawPath() {
        return rawPath;
    }

    public Route route() {
        return match.route();
    }

    /** What the log, the answer and the problem document call this request. */
    public String id() {
        return id;
    }

    /** Who asks, by the word of proxies that are trusted; else who is connected to us. To be asked before the answer is written. */
    public InetAddress client() {
        return client.get();
    }

    /** A header; one that was sent in several lines as one list (RFC 9110, section 5.3). */
    public Optional<String> header(String name) {
        return Optional.ofNullable(header.field(name));
    }

    /** Where the request stands in a trace of its sender's; empty without a valid header {@code traceparent}. */
    public Optional<TraceParent> traceParent() {
        return header("traceparent").flatMap(TraceParent::parse);
    }

    /** The path parameters of the route with their decoded texts, for those who describe requests; a handler asks for each by its name. */
    public Map<String, String> pathParameters() {
        return match.parameters();
    }

    /** The decoded text of a path parameter. */
    public String pathText(String name) {
        String text = match.parameters().get(name);
        if (text == null) {
            throw new IllegalArgumentException(route().template() + " has no parameter " + name);
        }
        return text;
    }

    /**
     * A path parameter that is an id.
     *
     * @throws ProblemException invalid, when it is not an integer of 64 bits
     */
    public long pathLong(String name) {
        String text = pathText(name);
        try {
            if (isInteger(text)) { // the parser below would take a plus and the digits of every script
                return Long.parseLong(text);
            }
        } catch (NumberFormatException _) {
            throw invalid(name, "must be between " + Long.MIN_VALUE + " and " + Long.MAX_VALUE, text);
        }
        throw invalid(name, "must be an integer", text);
    }

    private static boolean isInteger(String text) {
        int sign = text.startsWith("-") ? 1 : 0;
        return text.length() > sign && text.chars().skip(sign).allMatch(c -> c >= '0' && c <= '9');
    }

    private static ProblemException invalid(String parameter, String rule, String found) {
        return ProblemException.invalid(List.of(
                InputError.in(parameter, parameter + " " + rule + ", was '" + InputSchema.abbreviated(found) + "'")));
    }

    /**
     * The query parameters as the record that the route declared.
     *
     * @throws ProblemException invalid, with every mistake
     */
    public <T extends Record> T query(Class<T> type) {
        requireDeclared(type, route().query());
        return valid(() -> schemas.bindQuery(query, type));
    }

    Map<String, List<String>> query() {
        return query;
    }

    /**
     * The JSON body as the record that the route declared. Where nothing in it is required, no body counts as an empty object.
     *
     * @throws ProblemException unsupported media type, too large, malformed, or invalid with every mistake
     */
    public <T extends Record> T body(Class<T> type) {
        requireDeclared(type, route().body());
        boolean absent = !body.exists() && schemas.input(type).requiresNothing();
        JsonNode tree = absent ? JsonNodeFactory.instance.objectNode() : json();
        return valid(() -> schemas.bind(tree, type));
    }

    /**
     * The JSON body as a merge patch for the record that the route declared.
     *
     * @throws ProblemException unsupported media type, too large, malformed
     */
    public <T extends Record> MergePatch<T> patch(Class<T> type) {
        requireDeclared(type, route().body());
        return schemas.patch(json(), type);
    }

    private static <T> T valid(Supplier<T> binding) {
        try {
            return binding.get();
        } catch (InvalidInputException e) {
            throw ProblemException.invalid(e.errors());
        }
    }

    private void requireDeclared(Class<?> type, @Nullable Class<?> declared) {
        if (type != declared) {
            throw new IllegalStateException(route().template() + " does not declare " + type.getSimpleName());
        }
    }

    private JsonNode json() {
        requireJson();
        return body.json(route().maxBodyBytes());
    }

    private void requireJson() {
        String[] parts =
                header("Content-Type").orElse("").toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        boolean json = type.equals(Response.JSON) || (route().isPatch() && type.equals(Route.MERGE_PATCH));
        boolean utf8 = Arrays.stream(parts)
                .skip(1)
                .map(String::strip)
                .noneMatch(parameter -> parameter.startsWith("charset=") && !parameter.matches("charset=\"?utf-8\"?"));
        if (!json || !utf8 || !header("Content-Encoding").orElse("identity").equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "send JSON in UTF-8 with the header Content-Type: "
                            + (route().isPatch() ? Route.MERGE_PATCH : Response.JSON) + ", not compressed");
        }
    }

    public IfMatch ifMatch() {
        return IfMatch.of(header("If-Match").orElse(null));
    }

    /** What a filter left under the name. */
    public <T> Optional<T> find(RequestAttribute<T> attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(attribute::cast);
    }

    /** The same request with something left for the handlers after. */
    public <T> Request with(RequestAttribute<T> attribute, T value) {
        Map<RequestAttribute<?>, Object> all = new HashMap<>(attributes);
        all.put(attribute, value);
        return new Request(method, rawPath, query, header, client, id, body, match, schemas, all);
    }
}
