package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose route is known. Immutable but for its body, which can be read once.
 */
public final class Request {
    private final String method;
    private final String rawPath;
    private final Map<String, List<String>> query;
    private final Headers headers;
    private final InetAddress client;
    private final String id;
    private final InputStream in;
    private final Router.Match match;
    private final Schemas schemas;
    private final Map<Attribute<?>, Object> attributes;

    Request(String method, String rawPath, Map<String, List<String>> query, Headers headers, InetAddress client, String id, InputStream in,
            Router.Match match, Schemas schemas, Map<Attribute<?>, Object> attributes) {
        this.method = method;
        this.rawPath = rawPath;
        this.query = query;
        this.headers = headers;
        this.client = client;
        this.id = id;
        this.in = in;
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

    public InetAddress client() {
        return client;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
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
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw ProblemException.invalid(List.of(Problem.Mistake.in(name, name + " must be an integer, was '"
                    + text.codePoints().limit(60).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append) + "'")));
        }
    }

    /**
     * The query parameters as the record that the route declared.
     *
     * @throws ProblemException invalid, with every mistake
     */
    public <T extends Record> T query(Class<T> type) {
        requireDeclared(type, route().query());
        return Inputs.bindQuery(query, type, schemas.input(type));
    }

    Map<String, List<String>> query() {
        return query;
    }

    /**
     * The JSON body as the record that the route declared.
     *
     * @throws ProblemException unsupported media type, too large, malformed, or invalid with every mistake
     */
    public <T extends Record> T body(Class<T> type) {
        requireDeclared(type, route().body());
        return Inputs.bind(json(), type, schemas.input(type));
    }

    /**
     * The JSON body as a merge patch for the record that the route declared.
     *
     * @throws ProblemException unsupported media type, too large, malformed
     */
    public <T extends Record> Patch<T> patch(Class<T> type) {
        requireDeclared(type, route().body());
        return new Patch<>(json(), type, schemas.input(type));
    }

    private void requireDeclared(Class<?> type, @org.jspecify.annotations.Nullable Class<?> declared) {
        if (type != declared) {
            throw new IllegalStateException(route().template() + " does not declare " + type.getSimpleName());
        }
    }

    private JsonNode json() {
        requireJson();
        return Json.parse(read(route().bodyLimit()));
    }

    private void requireJson() {
        String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        boolean json = type.matches("application/(json|merge-patch\\+json)(;charset=utf-8)?");
        if (!json || !header("Content-Encoding").orElse("identity").equalsIgnoreCase("identity")) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "send JSON in UTF-8 with the header Content-Type: application/json, not compressed");
        }
    }

    private byte[] read(int limit) {
        try {
            byte[] bytes = Long.parseLong(header("Content-Length").orElse("0")) > limit ? new byte[limit + 1] : in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new ProblemException(ProblemType.TOO_LARGE, "the body must not be larger than " + limit + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the client went away while it sent its body", e);
        }
    }

    public IfMatch ifMatch() {
        return IfMatch.of(headers.getFirst("If-Match"));
    }

    /** What a filter left under the name. */
    public <T> Optional<T> find(Attribute<T> attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(attribute::cast);
    }

    /** The same request with something left for the handlers after. */
    public <T> Request with(Attribute<T> attribute, T value) {
        Map<Attribute<?>, Object> all = new HashMap<>(attributes);
        all.put(attribute, value);
        return new Request(method, rawPath, query, headers, client, id, in, match, schemas, all);
    }
}
