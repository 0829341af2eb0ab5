package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import dealbrain.json.SchemaComponents;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The problems in the OpenAPI document: the schema, a response for each kind of headers, and those of each route. */
final class OpenApiProblems {
    private static final List<ProblemType> OF_EVERY_ROUTE = List.of(
            ProblemType.MALFORMED,
            ProblemType.NOT_ACCEPTABLE,
            ProblemType.INVALID,
            ProblemType.URI_TOO_LONG,
            ProblemType.HEADERS_TOO_LARGE,
            ProblemType.INTERNAL,
            ProblemType.UNAVAILABLE);
    private static final String CODE = "ProblemCode";

    /** A response component for some statuses, with the headers that problems of these statuses have. */
    private enum Kind {
        UNAUTHORIZED("Unauthorized", "The token is missing or invalid.", "WWW-Authenticate"),
        PRECONDITION_FAILED(
                "PreconditionFailed", "The resource changed; `ETag` is its current tag, if you may see it.", "ETag"),
        TOO_MANY_REQUESTS(
                "TooManyRequests",
                "A limit is exceeded.",
                Stream.concat(Stream.of("Retry-After"), RateLimit.HEADERS.stream())
                        .toArray(String[]::new)),
        UNAVAILABLE("Unavailable", "The server cannot process the request now.", "Retry-After"),
        PROBLEM("Problem", "A problem document (RFC 9457).");

        private final String component;
        private final String description;

        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> headers;

        Kind(String component, String description, String... headers) {
            this.component = component;
            this.description = description;
            this.headers =
                    Stream.concat(Stream.of("X-Request-Id"), Stream.of(headers)).toList();
        }

        static Kind of(int status) {
            return switch (status) {
                case 401 -> UNAUTHORIZED;
                case 412 -> PRECONDITION_FAILED;
                case 429 -> TOO_MANY_REQUESTS;
                case 503 -> UNAVAILABLE;
                default -> PROBLEM;
            };
        }
    }

    private final OpenApiHeaders headers;
    private final List<ProblemType> ofTokens;
    private final JsonNode schema;
    private final Map<String, ObjectNode> components = new TreeMap<>();

    /** @param ofTokens the types that every route may return to a request with a token */
    OpenApiProblems(List<Route> routes, List<ProblemType> ofTokens, SchemaComponents schemas, OpenApiHeaders headers) {
        this.headers = headers;
        this.ofTokens = ofTokens;
        schema = schemas.reference(Problem.class);
        ObjectNode members =
                Objects.requireNonNull(schemas.all().get("Problem")).withObjectProperty("properties");
        members.set("code", schemas.add(CODE, allCodes(routes)));
        members.withObjectProperty("type").put("format", "uri-reference");
    }

    /** Returns the schema of the codes of all problems that the routes declare, and of those that any may return. */
    private ObjectNode allCodes(List<Route> routes) {
        Map<String, ProblemType> types = new TreeMap<>();
        Stream.of(
                        Stream.of(ProblemType.COMMON),
                        ofTokens.stream(),
                        routes.stream().flatMap(route -> route.problems().stream()))
                .flatMap(each -> each)
                .forEach(type -> types.put(type.code(), type));
        ObjectNode schema = Json.object().put("type", "string");
        ArrayNode codes = schema.putArray("enum");
        StringBuilder description = new StringBuilder("The types of problems:\n");
        types.values().forEach(type -> {
            codes.add(type.code());
            description
                    .append("\n- `")
                    .append(type.code())
                    .append("` (")
                    .append(type.status())
                    .append("): ")
                    .append(type.title());
        });
        return schema.put("description", description.toString());
    }

    /** Adds the problems of a route to its responses. The description of each lists the codes. */
    void describe(Route route, ObjectNode responses) {
        boolean isPage = route.mediaTypes().contains(Response.HTML);
        codes(route).forEach((status, codes) -> {
            String component = component(Kind.of(status), isPage);
            if (responses.get(status.toString()) instanceof ObjectNode declared) { // such as 503 of /health/ready
                declared.withObjectProperty("content").setAll((ObjectNode)
                        Objects.requireNonNull(components.get(component)).path("content"));
            } else {
                responses
                        .putObject(status.toString())
                        .put("$ref", "#/components/responses/" + component)
                        .put("description", String.join(", ", codes));
            }
        });
    }

    private String component(Kind kind, boolean isPage) {
        String name = kind.component + (isPage ? "Page" : "");
        components.computeIfAbsent(name, _ -> {
            ObjectNode response = Json.object().put("description", kind.description);
            headers.describe(response, kind.headers);
            ObjectNode content = response.putObject("content");
            if (isPage) {
                content.putObject(Response.HTML).putObject("schema").put("type", "string");
            }
            ObjectNode problem = content.putObject(Response.PROBLEM);
            problem.set("schema", schema);
            problem.set("example", example(kind));
            return response;
        });
        return name;
    }

    private static JsonNode example(Kind kind) {
        ProblemType type = switch (kind) {
            case UNAUTHORIZED -> ProblemType.UNAUTHORIZED;
            case PRECONDITION_FAILED -> ProblemType.PRECONDITION_FAILED;
            case TOO_MANY_REQUESTS -> ProblemType.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> ProblemType.UNAVAILABLE;
            case PROBLEM -> ProblemType.INVALID;
        };
        String detail = kind == Kind.PROBLEM ? "limit must be between 1 and 100, was 500" : type.advice();
        return Json.tree(new Problem(
                type.uri(),
                type.title(),
                type.status(),
                detail,
                "/api/v1/listings",
                type.code(),
                "5f0c2b7e91d3a846",
                kind == Kind.PROBLEM ? List.of(InputError.in("limit", detail)) : null));
    }

    /** Returns the codes of the problems that the route can return, by status. */
    private Map<Integer, Set<String>> codes(Route route) {
        Map<Integer, Set<String>> codes = new TreeMap<>();
        for (ProblemType type : types(route)) {
            codes.computeIfAbsent(type.status(), _ -> new LinkedHashSet<>()).add(type.code());
        }
        return codes;
    }

    private List<ProblemType> types(Route route) {
        List<ProblemType> types = new ArrayList<>(OF_EVERY_ROUTE);
        switch (route.access()) {
            case PUBLIC -> {}
            case OPTIONAL, READ, WRITE, ADMIN, OPERATOR, METRICS ->
                types.addAll(List.of(ProblemType.UNAUTHORIZED, ProblemType.FORBIDDEN));
        }
        if (route.access() != Access.PUBLIC) {
            types.addAll(ofTokens);
        }
        if (!route.parameters().isEmpty()) {
            types.add(ProblemType.NOT_FOUND);
        }
        if (route.body() != null || route.isCsv()) {
            types.addAll(List.of(ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE));
        }
        if (!route.method().equals("GET")) {
            types.add(ProblemType.PRECONDITION_FAILED);
        }
        types.addAll(route.problems());
        return types;
    }

    /** Returns the responses that were used, by name. */
    Map<String, ObjectNode> components() {
        return components;
    }
}
