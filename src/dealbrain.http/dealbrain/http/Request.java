package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dealbrain.csv.CsvFile;
import dealbrain.csv.MalformedCsvException;
import dealbrain.json.InputError;
import dealbrain.json.InputSchemas;
import dealbrain.json.InvalidInputException;
import dealbrain.json.MergePatch;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request and its route. Immutable, except that the body can be read only once, and {@link #userId}. */
public final class Request {
    private static final RequestAttribute<String> USER = new RequestAttribute<>(String.class);

    private static final List<String> NOT_OF_CALLS = List.of(
            "Accept",
            "Authorization",
            "Content-Encoding",
            "Content-Length",
            "Content-Type",
            "Cookie",
            "If-Match",
            "If-None-Match",
            "Transfer-Encoding");

    private final String method;
    private final String rawPath;
    private final Map<String, List<String>> query;
    private final RequestHeaders headers;
    private final Peer peer;
    private final String id;
    private final RequestBody body;
    private final Router.Match match;
    private final InputSchemas schemas;
    private final PublicUrl publicUrl;
    private final Map<RequestAttribute<?>, Object> attributes;
    /** Shared with the requests that are made of this one. */
    private final AtomicReference<Optional<Long>> userId;
    /** The body of a call within the process, which is not parsed from {@link #body}; null for other requests. */
    private final @Nullable JsonNode input;

    Request(
            String method,
            String rawPath,
            Map<String, List<String>> query,
            RequestHeaders headers,
            Peer peer,
            String id,
            RequestBody body,
            Router.Match match,
            InputSchemas schemas,
            PublicUrl publicUrl,
            Map<RequestAttribute<?>, Object> attributes,
            AtomicReference<Optional<Long>> userId,
            @Nullable JsonNode input) {
        this.method = method;
        this.rawPath = rawPath;
        this.query = query;
        this.headers = headers;
        this.peer = peer;
        this.id = id;
        this.body = body;
        this.match = match;
        this.schemas = schemas;
        this.publicUrl = publicUrl;
        this.attributes = attributes;
        this.userId = userId;
        this.input = input;
    }

    public String method() {
        return method;
    }

    /** Returns whether the method is GET or HEAD. */
    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Returns the path as it was sent, percent-encoded. */
    public String rawPath() {
        return rawPath;
    }

    /** Returns the path for clients: {@link #rawPath} behind the path of the public address. */
    String publicPath() {
        return publicUrl.relative(rawPath);
    }

    /** Returns the public address of the server. */
    public PublicUrl publicUrl() {
        return publicUrl;
    }

    public Route route() {
        return match.route();
    }

    /** Returns the id of this request in the log, in {@code X-Request-Id} and in problem documents. */
    public String id() {
        return id;
    }

    /**
     * Returns the address of the client: the one that trusted proxies report, else the one of the connection. Must be
     * called before the response is written.
     */
    public InetAddress client() {
        return peer.client();
    }

    /**
     * Returns the network of the client, for limits: its IPv4 address, or the first 64 bits of its IPv6 address. Must
     * be called before the response is written.
     */
    public String network() {
        return ClientNetwork.of(client());
    }

    /** Returns a header. Repeated headers are joined to one list (RFC 9110, section 5.3). */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * Returns whether a proxy may have forwarded the request, so that its address is not that of the client: it has a
     * header that is not among {@link DirectHeaders}.
     */
    public boolean mayBeForwarded() {
        return !DirectHeaders.areAllOf(headers);
    }

    /** Returns the trace context of the client; empty without a valid header {@code traceparent}. */
    public Optional<TraceParent> traceParent() {
        return header("traceparent").flatMap(TraceParent::parse);
    }

    /**
     * Returns all path parameters, decoded, for traces and logs. Handlers use {@link #pathText} and {@link #pathLong}.
     */
    public Map<String, String> pathParameters() {
        return match.parameters();
    }

    /** Returns a path parameter, decoded. */
    public String pathText(String name) {
        String text = match.parameters().get(name);
        if (text == null) {
            throw new IllegalArgumentException(route().template() + " has no parameter " + name);
        }
        return text;
    }

    /**
     * Returns a path parameter that is an id.
     *
     * @throws ProblemException invalid, if it is not an integer of 64 bits
     */
    public long pathLong(String name) {
        String text = pathText(name);
        try {
            if (isInteger(text)) { // parseLong also accepts a plus sign and the digits of every script
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
                InputError.in(parameter, parameter + " " + rule + ", was '" + InputError.abbreviated(found) + "'")));
    }

    /**
     * Returns the query parameters as the record that the route declares.
     *
     * @throws ProblemException invalid, with every error
     */
    public <T extends Record> T query(Class<T> type) {
        requireDeclared(type, route().query());
        try {
            return schemas.bindQuery(query, type);
        } catch (InvalidInputException e) {
            boolean isList = PagedQuery.class.isAssignableFrom(type);
            throw ProblemException.invalid(
                    isList ? e.errors().stream().map(PagedQuery::explained).toList() : e.errors());
        }
    }

    Map<String, List<String>> query() {
        return query;
    }

    /** Returns all query parameters of a {@link Route#page}, which declares none. */
    public Form parameters() {
        return new Form(query);
    }

    /**
     * Returns the JSON body as the record that the route declares. If no member is required, a missing body and null
     * are read as an empty object.
     *
     * @throws ProblemException unsupported media type, too large, malformed, or invalid with every error
     */
    public <T extends Record> T body(Class<T> type) {
        requireDeclared(type, route().body());
        boolean mayBeAbsent = schemas.input(type).requiresNothing();
        JsonNode tree = mayBeAbsent && input == null && !body.exists() ? NullNode.instance : json();
        JsonNode input = mayBeAbsent && tree.isNull() ? JsonNodeFactory.instance.objectNode() : tree;
        T bound = valid(() -> schemas.bind(input, type));
        body.bound();
        return bound;
    }

    /**
     * Returns the JSON body as a merge patch for the record that the route declares.
     *
     * @throws ProblemException unsupported media type, too large, malformed
     */
    public <T extends Record> MergePatch<T> patch(Class<T> type) {
        requireDeclared(type, route().body());
        return schemas.patch(json(), type);
    }

    /**
     * Returns the CSV body.
     *
     * @throws ProblemException unsupported media type, too large, malformed, or invalid: it has too many rows
     */
    public CsvFile csv() {
        if (!route().isCsv()) {
            throw new IllegalStateException(route().template() + " does not declare a CSV body");
        }
        CsvFile file = input == null ? sentCsv() : csv(input.asText());
        if (file.rows().size() > route().maxCsvRows()) {
            throw ProblemException.invalid(
                    "", "the file must not have more than " + route().maxCsvRows() + " rows below its header");
        }
        return file;
    }

    private CsvFile sentCsv() {
        requireMediaType("CSV", List.of(Route.CSV));
        return body.csv(route().maxBodyBytes(), route().maxCsvRows(), sender());
    }

    private CsvFile csv(String text) {
        try {
            return CsvFile.read(text.getBytes(StandardCharsets.UTF_8), route().maxCsvRows());
        } catch (MalformedCsvException e) {
            throw ProblemException.malformed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the fields of the form in the body. A request without a body has no fields.
     *
     * @throws ProblemException unsupported media type, too large, malformed
     */
    public Form form() {
        if (!body.exists()) {
            return Form.EMPTY;
        }
        requireMediaType("a form", List.of(Route.FORM));
        return new Form(body.form(route().maxBodyBytes(), sender()));
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
            throw new IllegalStateException(route().template() + " does not declare the input " + type.getSimpleName());
        }
    }

    private JsonNode json() {
        if (input != null) {
            return input;
        }
        requireMediaType(
                "JSON", route().isPatch() ? List.of(Route.MERGE_PATCH, Response.JSON) : List.of(Response.JSON));
        return body.json(route().maxBodyBytes(), sender());
    }

    private BodyMemoryBudget.Sender sender() {
        return new BodyMemoryBudget.Sender(find(USER), network());
    }

    /** @param allowed the media types; the first one is recommended to the client */
    private void requireMediaType(String format, List<String> allowed) {
        String[] parts =
                header("Content-Type").orElse("").toLowerCase(Locale.ROOT).split(";", -1);
        boolean isUtf8 = Arrays.stream(parts)
                .skip(1)
                .map(String::strip)
                .noneMatch(parameter -> parameter.startsWith("charset=") && !parameter.matches("charset=\"?utf-?8\"?"));
        boolean isUncompressed = header("Content-Encoding").orElse("identity").equalsIgnoreCase("identity");
        if (!allowed.contains(parts[0].strip()) || !isUtf8 || !isUncompressed) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "send uncompressed " + format + " in UTF-8 with the header Content-Type: " + allowed.getFirst());
        }
    }

    /** Returns a header that only proxies may set; empty if the connection is not from a trusted proxy. */
    public Optional<String> headerOfProxy(String name) {
        return header(name).filter(_ -> peer.isTrustedProxy());
    }

    public IfMatch ifMatch() {
        return IfMatch.of(header("If-Match").orElse(null));
    }

    /** Returns the value that a filter attached; empty if there is none. */
    public <T> Optional<T> find(RequestAttribute<T> attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(attribute::cast);
    }

    /** Returns the request that reads the resource of another route with the parameters and attributes of this one. */
    Request reading(Route route) {
        Router.Match other = new Router.Match(route, match.parameters());
        return new Request(
                "GET", rawPath, Map.of(), headers, peer, id, body, other, schemas, publicUrl, attributes, userId, null);
    }

    /**
     * Returns the call of another route within the process: of the same client and user, with the same id, without
     * the headers that are about the body and the credentials of this request.
     *
     * @param otherInput the body; a text for a route with a CSV body; a missing body is null in JSON
     */
    Request calling(
            String otherMethod,
            String path,
            Router.Match other,
            Map<String, List<String>> otherQuery,
            Map<String, String> otherHeaders,
            JsonNode otherInput) {
        return new Request(
                otherMethod,
                path,
                other.route().isLinked() && other.route().query() != null
                        ? LinkQuery.read(otherQuery, other.route().query(), schemas)
                        : otherQuery,
                headers.with(NOT_OF_CALLS, otherHeaders),
                peer,
                id,
                body,
                other,
                schemas,
                publicUrl,
                attributes,
                userId,
                otherInput);
    }

    /** Sets {@link #userId}. */
    public void authenticated(long id) {
        userId.set(Optional.of(id));
    }

    /**
     * Returns the id of the authenticated user, for logs and traces: empty until the request was authenticated, also if
     * it needs no authentication. Known to the {@link ExchangeObserver} after the request was processed.
     */
    public Optional<Long> userId() {
        return userId.get();
    }

    /** Returns the same request as one of an authenticated user, for the limits of each user. */
    public Request ofUser(long id) {
        return with(USER, "user " + id);
    }

    /** Returns the same request with a value attached. */
    public <T> Request with(RequestAttribute<T> attribute, T value) {
        Map<RequestAttribute<?>, Object> all = new HashMap<>(attributes);
        all.put(attribute, value);
        return new Request(
                method, rawPath, query, headers, peer, id, body, match, schemas, publicUrl, all, userId, input);
    }
}
