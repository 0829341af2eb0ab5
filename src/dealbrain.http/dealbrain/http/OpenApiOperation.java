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

/** Describes one route in the {@link OpenApiDocument}. */
final class OpenApiOperation {
    private static final List<ProblemType> PROBLEMS_OF_EVERY_ROUTE = List.of(
            ProblemType.MALFORMED,
            ProblemType.NOT_ACCEPTABLE,
            ProblemType.INVALID,
            ProblemType.URI_TOO_LONG,
            ProblemType.HEADERS_TOO_LARGE,
            ProblemType.INTERNAL,
            ProblemType.UNAVAILABLE);

    private final Route route;
    private final String tag;
    private final InputSchemas schemas;
    private final SchemaBuilder definitions;

    OpenApiOperation(Route route, String tag, InputSchemas schemas, SchemaBuilder definitions) {
        this.route = route;
        this.tag = tag;
        this.schemas = schemas;
        this.definitions = definitions;
    }

    void describe(ObjectNode operation) {
        operation.put("summary", route.summary());
        operation.put("operationId", operationId());
        operation.putArray("tags").add(tag);
        if (route.access() != Access.PUBLIC) {
            describeCredentials(operation);
        }
        describeParameters(operation);
        if (route.body() != null) {
            describeBody(route.body(), operation.putObject("requestBody"));
        }
        ObjectNode responses = operation.putObject("responses");
        describeResults(responses);
        describeProblems(responses);
    }

    private String operationId() {
        return route.method().toLowerCase(Locale.ROOT)
                + route.template().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
    }

    private void describeCredentials(ObjectNode operation) {
        ArrayNode schemes = operation.putArray("security");
        if (route.access() == Access.OPTIONAL) {
            schemes.addObject(); // an empty requirement: no credentials
        }
        schemes.addObject().putArray("token");
        if (route.access() == Access.OPERATOR) {
            schemes.addObject().putArray("password");
        }
        operation.put(
                "description",
                switch (route.access()) {
                    case ADMIN -> "Requires the role `admin`.";
                    case OPERATOR ->
                        "Requires the role `admin`. Browsers send the token as the password of HTTP Basic.";
                    case WRITE -> "Requires a token with the scope `write`.";
                    case OPTIONAL -> "With a token, the response includes what only its user may see.";
                    default -> "Requires a token.";
                });
    }

    private void describeParameters(ObjectNode operation) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        for (Route.Parameter parameter : route.parameters()) {
            describePathParameter(parameter.name(), parameters.addObject());
        }
        if (route.query() != null) {
            describeQuery(schemas.input(route.query()), parameters);
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
    }

    private static void describePathParameter(String name, ObjectNode parameter) {
        parameter.put("name", name).put("in", "path").put("required", true);
        ObjectNode schema = parameter.putObject("schema");
        if (name.equals("id") || name.endsWith("_id")) {
            schema.put("type", "integer").put("format", "int64");
        } else {
            schema.put("type", "string");
        }
    }

    private static void describeQuery(InputSchema query, ArrayNode parameters) {
        query.properties()
                .properties()
                .forEach(property -> parameters
                        .addObject()
                        .put("name", property.getKey())
                        .put("in", "query")
                        .put("required", query.requires(property.getKey()))
                        .set("schema", withoutNull(property.getValue())));
    }

    /** Returns the schema of a parameter without null: a parameter can be absent, but not null. */
    private static JsonNode withoutNull(JsonNode schema) {
        ObjectNode copy = schema.deepCopy();
        if (copy.path("anyOf") instanceof ArrayNode alternatives) {
            copy.remove("anyOf");
            alternatives
                    .valueStream()
                    .filter(each -> !each.path("type").asText().equals("null"))
                    .forEach(each -> copy.setAll((ObjectNode) each));
        } else if (copy.path("type") instanceof ArrayNode types) {
            types.valueStream()
                    .map(JsonNode::asText)
                    .filter(type -> !type.equals("null"))
                    .forEach(type -> copy.put("type", type));
        }
        return copy;
    }

    private void describeBody(Class<?> type, ObjectNode body) {
        body.put("required", route.isPatch() || !schemas.input(type).requiresNothing());
        body.putObject("content")
                .putObject(route.isPatch() ? Route.MERGE_PATCH : Response.JSON)
                .set("schema", definitions.createSchemaReference(type));
    }

    private void describeResults(ObjectNode responses) {
        route.results().forEach((status, result) -> {
            ObjectNode response = responses.putObject(status.toString()).put("description", result.description());
            if (result.type() != null) {
                describeHeaders(status, result, response.putObject("headers"));
                ObjectNode content = response.putObject("content");
                for (String mediaType : route.mediaTypes()) {
                    content.putObject(mediaType).set("schema", schema(result, mediaType));
                }
            }
        });
        if (route.method().equals("GET") && route.results().containsKey(200)) {
            responses.putObject("304").put("description", "Not modified: If-None-Match matches the current state");
        }
    }

    private static void describeHeaders(int status, Route.Result result, ObjectNode headers) {
        List<String> names = new ArrayList<>();
        if (status < 300) {
            names.add("ETag");
        }
        if (status == 201) {
            names.add("Location");
        }
        if (result.isPage()) {
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
        if (!result.isPage()) {
            return reference;
        }
        schema.put("type", "array").set("items", reference);
        return schema;
    }

    private void describeProblems(ObjectNode responses) {
        String component = route.mediaTypes().contains(Response.HTML) ? "ProblemPage" : "Problem";
        problemCodes()
                .forEach((status, codes) -> responses
                        .putObject(status.toString())
                        .put("$ref", "#/components/responses/" + component)
                        .put("description", String.join(", ", codes)));
    }

    /** Returns the codes of the problems that the route can return, by status. */
    private Map<Integer, Set<String>> problemCodes() {
        Map<Integer, Set<String>> codes = new TreeMap<>();
        for (ProblemType type : problemTypes()) {
            codes.computeIfAbsent(type.status(), _ -> new LinkedHashSet<>()).add(type.code());
        }
        return codes;
    }

    private List<ProblemType> problemTypes() {
        List<ProblemType> types = new ArrayList<>(PROBLEMS_OF_EVERY_ROUTE);
        if (route.access() != Access.PUBLIC) {
            types.addAll(List.of(ProblemType.UNAUTHORIZED, ProblemType.FORBIDDEN));
        }
        if (!route.parameters().isEmpty()) {
            types.add(ProblemType.NOT_FOUND);
        }
        if (route.body() != null) {
            types.addAll(List.of(ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE));
        }
        if (!route.method().equals("GET")) {
            types.add(ProblemType.PRECONDITION_FAILED);
        }
        types.addAll(route.problems());
        return types;
    }
}
