package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import dealbrain.json.InputSchema;
import dealbrain.json.InputSchemas;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The OpenAPI 3.1 document, made of the route table that dispatches and the records that are read and written.
 */
final class OpenApiDocument {
    private static final String PROBLEM = "application/problem+json";

    private static final Map<String, String> HEADERS = new TreeMap<>(Map.of(
            "ETag", "A strong entity tag, for If-None-Match and If-Match",
            "Link", "The first, prev, next and last page, as far as there are any (RFC 8288)",
            "Location", "The address of what was made",
            "X-Total-Count", "How many elements the whole list has"));

    private final SchemaBuilder definitions;
    private final InputSchemas schemas;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private OpenApiDocument(InputSchemas schemas) {
        this.schemas = schemas;
        this.definitions = schemas.definitions();
    }

    static ObjectNode of(List<Route> routes, InputSchemas schemas) {
        OpenApiDocument openApi = new OpenApiDocument(schemas);
        openApi.describe(routes);
        return openApi.document;
    }

    private void describe(List<Route> routes) {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "dealbrain")
                .put("version", "1")
                .put("description", "Listings of PC deals, the collections they are kept in, and their sharing.");
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode path = paths.withObjectProperty(route.template());
            operation(route, path.putObject(route.method().toLowerCase(Locale.ROOT)));
        }
        JsonNode problem = definitions.createSchemaReference(Problem.class);
        ObjectNode components = document.putObject("components");
        ObjectNode responses = components.putObject("responses");
        ObjectNode asDocument = responses
                .putObject("Problem")
                .put("description", "A problem document (RFC 9457)")
                .putObject("content");
        asDocument.putObject(PROBLEM).set("schema", problem);
        ObjectNode asPage = responses
                .putObject("ProblemPage")
                .put("description", "A page that says the problem, or a problem document")
                .putObject("content");
        asPage.putObject(Response.HTML).putObject("schema").put("type", "string");
        asPage.putObject(PROBLEM).set("schema", problem);
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A token from POST /api/v1/tokens");
        schemes.putObject("password")
                .put("type", "http")
                .put("scheme", "basic")
                .put("description", "The same token as the password of any name");
        headers(components.putObject("headers"));
        components.set("schemas", definitions.collectDefinitions("components/schemas"));
    }

    private static void headers(ObjectNode headers) {
        HEADERS.forEach((name, description) -> headers.putObject(name)
                .put("description", description)
                .putObject("schema")
                .put("type", name.equals("X-Total-Count") ? "integer" : "string"));
    }

    private void operation(Route route, ObjectNode operation) {
        operation.put("summary", route.summary());
        operation.put("operationId", operationId(route));
        operation.putArray("tags").add(tag(route));
        security(route, operation);
        parameters(route, operation);
        if (route.body() != null) {
            ObjectNode body = operation
                    .putObject("requestBody")
                    .put(
                            "required",
                            route.isPatch() || !schemas.input(route.body()).requiresNothing());
            ObjectNode content =
                    body.putObject("content").putObject(route.isPatch() ? Route.MERGE_PATCH : Response.JSON);
            content.set("schema", definitions.createSchemaReference(route.body()));
        }
        responses(route, operation.putObject("responses"));
    }

    private static void security(Route route, ObjectNode operation) {
        if (route.access() == Access.PUBLIC) {
            return;
        }
        ArrayNode schemes = operation.putArray("security");
        if (route.access() == Access.OPTIONAL) {
            schemes.addObject();
        }
        schemes.addObject().putArray("token");
        if (route.access() == Access.OPERATOR) {
            schemes.addObject().putArray("password");
        }
        operation.put(
                "description",
                switch (route.access()) {
                    case ADMIN -> "Needs the role `admin`.";
                    case OPERATOR -> "Needs the role `admin`. A browser sends the token as the password of HTTP Basic.";
                    case WRITE -> "Needs a token with the scope `write`.";
                    case OPTIONAL -> "With a token of somebody who may see more, it shows more.";
                    default -> "Needs a token.";
                });
    }

    private static String operationId(Route route) {
        return route.method().toLowerCase(Locale.ROOT)
                + route.template().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
    }

    private static String tag(Route route) {
        List<String> segments = Router.segments(route.template());
        return segments.size() > 2 && segments.getFirst().equals("api") ? segments.get(2) : "operations";
    }

    private void parameters(Route route, ObjectNode operation) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        for (String segment : Router.segments(route.template())) {
            if (Router.isParameter(segment)) {
                String name = segment.substring(1, segment.length() - 1);
                ObjectNode parameter = parameters
                        .addObject()
                        .put("name", name)
                        .put("in", "path")
                        .put("required", true);
                ObjectNode schema = parameter.putObject("schema");
                if (name.equals("id") || name.endsWith("_id")) {
                    schema.put("type", "integer").put("format", "int64");
                } else {
                    schema.put("type", "string");
                }
            }
        }
        if (route.query() != null) {
            InputSchema query = schemas.input(route.query());
            query.properties()
                    .properties()
                    .forEach(each -> parameters
                            .addObject()
                            .put("name", each.getKey())
                            .put("in", "query")
                            .put("required", query.requires(each.getKey()))
                            .set("schema", withoutNull(each.getValue())));
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
    }

    /** The schema of a parameter: it can be absent, but there is no way to send null. */
    private static JsonNode withoutNull(JsonNode schema) {
        ObjectNode copy = schema.deepCopy();
        if (copy.path("anyOf") instanceof ArrayNode kinds) {
            copy.remove("anyOf");
            kinds.valueStream()
                    .filter(kind -> !kind.path("type").asText().equals("null"))
                    .forEach(kind -> copy.setAll((ObjectNode) kind));
        } else if (copy.path("type") instanceof ArrayNode types) {
            types.valueStream()
                    .map(JsonNode::asText)
                    .filter(type -> !type.equals("null"))
                    .forEach(type -> copy.put("type", type));
        }
        return copy;
    }

    private void responses(Route route, ObjectNode responses) {
        route.results().forEach((status, result) -> {
            ObjectNode response = responses.putObject(status.toString()).put("description", result.description());
            if (result.type() != null) {
                headers(status, result, response.putObject("headers"));
                ObjectNode content = response.putObject("content");
                for (String mediaType : route.mediaTypes()) {
                    content.putObject(mediaType).set("schema", schema(result, mediaType));
                }
            }
        });
        if (route.method().equals("GET") && route.results().containsKey(200)) {
            responses.putObject("304").put("description", "Not modified: If-None-Match names the present state");
        }
        String problem =
                "#/components/responses/" + (route.mediaTypes().contains(Response.HTML) ? "ProblemPage" : "Problem");
        problemStatuses(route)
                .forEach((status, codes) -> responses
                        .putObject(status.toString())
                        .put("$ref", problem)
                        .put("description", String.join(", ", codes)));
    }

    private static void headers(int status, Route.Result result, ObjectNode headers) {
        List<String> names = new ArrayList<>();
        if (status < 300) {
            names.add("ETag");
        }
        if (status == 201) {
            names.add("Location");
        }
        if (result.list()) {
            names.addAll(List.of("Link", "X-Total-Count"));
        }
        names.forEach(name -> headers.putObject(name).put("$ref", "#/components/headers/" + name));
    }

    private ObjectNode schema(Route.Result result, String mediaType) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (!mediaType.endsWith("json")) {
            return schema.put("type", "string");
        }
        ObjectNode reference = definitions.createSchemaReference(result.type());
        if (!result.list()) {
            return reference;
        }
        schema.put("type", "array").set("items", reference);
        return schema;
    }

    /** Which problems the route can answer with, by what it declares and by what it is. */
    private static Map<Integer, Set<String>> problemStatuses(Route route) {
        Map<Integer, Set<String>> codes = new TreeMap<>();
        List<ProblemType> always = List.of(
                ProblemType.MALFORMED,
                ProblemType.NOT_ACCEPTABLE,
                ProblemType.INVALID,
                ProblemType.URI_TOO_LONG,
                ProblemType.HEADERS_TOO_LARGE,
                ProblemType.INTERNAL,
                ProblemType.UNAVAILABLE);
        always.forEach(type -> add(codes, type));
        if (route.access() != Access.PUBLIC) {
            add(codes, ProblemType.UNAUTHORIZED);
            add(codes, ProblemType.FORBIDDEN);
        }
        if (route.template().contains("{")) {
            add(codes, ProblemType.NOT_FOUND);
        }
        if (route.body() != null) {
            add(codes, ProblemType.TOO_LARGE);
            add(codes, ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
        if (!route.method().equals("GET")) {
            add(codes, ProblemType.PRECONDITION_FAILED);
        }
        route.problems().forEach(type -> add(codes, type));
        return codes;
    }

    private static void add(Map<Integer, Set<String>> codes, ProblemType type) {
        codes.computeIfAbsent(type.status(), _ -> new LinkedHashSet<>()).add(type.code());
    }
}
