package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Json;
import dealbrain.json.SchemaComponents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes one route in the {@link OpenApiDocument}, except for its problems. */
final class OpenApiOperation {
    private final Route route;
    private final ApiDescription api;
    private final SchemaComponents schemas;
    private final OpenApiHeaders headers;

    OpenApiOperation(Route route, ApiDescription api, SchemaComponents schemas, OpenApiHeaders headers) {
        this.route = route;
        this.api = api;
        this.schemas = schemas;
        this.headers = headers;
    }

    void describe(ObjectNode operation) {
        operation.put("operationId", route.operationId());
        operation.putArray("tags").add(api.tag(route));
        operation.put("summary", route.summary());
        operation.put("description", description());
        describeCredentials(operation.putArray("security"));
        describeParameters(operation);
        if (route.body() != null) {
            describeBody(route.body(), operation.putObject("requestBody"));
        }
        if (route.isCsv()) {
            describeCsv(operation.putObject("requestBody"));
        }
        describeResults(operation.putObject("responses"));
    }

    private String description() {
        String access = switch (route.access()) {
            case PUBLIC -> "Requires no token.";
            case OPTIONAL -> "With a token, the response includes what only its user may see.";
            case READ -> "Requires a token.";
            case WRITE -> "Requires a token with the scope `write`.";
            case ADMIN -> "Requires a token of a user with the role `admin`.";
            case OPERATOR ->
                "Requires a token of a user with the role `admin`. Browsers send the token as the password of "
                        + "HTTP Basic.";
            case METRICS ->
                "Requires a token of a user with the role `admin`. A token with the scope `metrics` can do only this.";
        };
        return Stream.of(text().map(DocumentTexts.Operation::description).orElse(""), access)
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private Optional<DocumentTexts.Operation> text() {
        return api.texts().operation(route.operationId());
    }

    private void describeCredentials(ArrayNode schemes) {
        if (route.access() == Access.PUBLIC) {
            return;
        }
        if (route.access() == Access.OPTIONAL || route.isOpenToSome()) {
            schemes.addObject(); // an empty requirement: no credentials
        }
        schemes.addObject().putArray("token");
        if (route.access() == Access.OPERATOR || route.access() == Access.METRICS) {
            schemes.addObject().putArray("password");
        }
    }

    private void describeParameters(ObjectNode operation) {
        ArrayNode parameters = Json.object().arrayNode();
        for (Route.Parameter parameter : route.parameters()) {
            describePathParameter(parameter.name(), parameters.addObject());
        }
        if (route.query() != null) {
            describeQuery(route.query(), parameters);
        }
        if (route.isIfMatchSupported()) {
            parameters.add(headers.parameter("If-Match"));
        }
        if (hasEntityTag() && route.method().equals("GET")) {
            parameters.add(headers.parameter("If-None-Match"));
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
    }

    private void describePathParameter(String name, ObjectNode parameter) {
        parameter.put("name", name).put("in", "path").put("required", true);
        ObjectNode schema = parameter.putObject("schema");
        if (route.isId(name)) {
            schema.put("type", "integer").put("format", "int64");
        } else {
            schema.put("type", "string");
        }
        describeValue("path", name, parameter);
    }

    private void describeQuery(Class<?> type, ArrayNode parameters) {
        List<String> required = schemas.required(type);
        schemas.parameters(type).forEach((name, schema) -> {
            ObjectNode parameter = parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "query")
                    .put("required", required.contains(name));
            Optional.ofNullable(schema.remove("description"))
                    .ifPresent(description -> parameter.set("description", description));
            parameter.set("schema", schema);
            boolean isOfEveryList = PagedQuery.class.isAssignableFrom(type) && PagedQuery.PARAMETERS.contains(name);
            describeValue(isOfEveryList ? "PagedQuery" : type.getSimpleName(), name, parameter);
        });
    }

    /** Adds the texts of a parameter: of its query record or the path, else those of any member of its name. */
    private void describeValue(String owner, String name, ObjectNode parameter) {
        api.texts().description(owner, name).ifPresent(description -> describe(parameter, description));
        api.texts().example(owner, name).ifPresent(example -> parameter.set("example", example));
    }

    /** Adds a description before that of the rules, if there is one. */
    static void describe(ObjectNode described, String text) {
        String rule = described.path("description").asText();
        String sentence = rule.isEmpty() || rule.endsWith(".") ? rule : "Must be " + rule + ".";
        described.put("description", (text + " " + sentence).strip());
    }

    private void describeBody(Class<?> type, ObjectNode body) {
        body.put("required", route.isPatch() || !schemas.required(type).isEmpty());
        ObjectNode content = body.putObject("content");
        ObjectNode schema = route.isPatch() ? schemas.patchReference(type) : schemas.reference(type);
        List<String> mediaTypes = route.isPatch() ? List.of(Route.MERGE_PATCH, Response.JSON) : List.of(Response.JSON);
        for (String mediaType : mediaTypes) {
            ObjectNode described = content.putObject(mediaType);
            described.set("schema", schema);
            text().map(DocumentTexts.Operation::example).ifPresent(example -> described.set("example", example));
        }
    }

    private void describeCsv(ObjectNode body) {
        ObjectNode described = body.put("required", true).putObject("content").putObject(Route.CSV);
        described.putObject("schema").put("type", "string");
        text().map(DocumentTexts.Operation::example).ifPresent(example -> described.set("example", example));
    }

    private void describeResults(ObjectNode responses) {
        route.results().forEach((status, result) -> {
            ObjectNode response = responses.putObject(status.toString()).put("description", result.description());
            headers.describe(response, headerNames(status, result));
            if (result.type() != null) {
                ObjectNode content = response.putObject("content");
                for (String mediaType : route.mediaTypes()) {
                    describeContent(result, mediaType, content.putObject(mediaType));
                }
            }
        });
        if (route.method().equals("GET") && hasEntityTag()) {
            ObjectNode response = responses.putObject("304").put("description", "Not modified: If-None-Match matches.");
            headers.describe(response, List.of("ETag", "X-Request-Id"));
        }
    }

    /** Returns whether a successful response has a body and an entity tag. */
    private boolean hasEntityTag() {
        return !route.isStreamed()
                && route.results().entrySet().stream()
                        .anyMatch(result ->
                                result.getKey() < 300 && result.getValue().type() != null);
    }

    private List<String> headerNames(int status, Route.Result result) {
        List<String> names = new ArrayList<>(List.of("X-Request-Id"));
        if (status < 300 && result.type() != null && !route.isStreamed()) {
            names.add("ETag");
        }
        if (status == 201 || status == 302 || status == 308) {
            names.add("Location");
        }
        if (result.isPage() || (result.type() != null && PagedBody.class.isAssignableFrom(result.type()))) {
            names.addAll(List.of("Link", "X-Total-Count", "X-Total-Count-Relation"));
        }
        if (status < 300) {
            names.addAll(route.headers());
        }
        return names;
    }

    private void describeContent(Route.Result result, String mediaType, ObjectNode content) {
        if (!mediaType.endsWith("json") || result.type() == null) {
            content.putObject("schema").put("type", "string");
            return;
        }
        ObjectNode schema = schemas.reference(result.type());
        if (result.isPage()) {
            ObjectNode array = Json.object().put("type", "array");
            array.set("items", schema);
            schema = array;
        }
        content.set("schema", schema);
        if (schema.has("$ref") || result.isPage()) {
            JsonNode example = new OpenApiExample(schemas.all(), api.texts()).of(schema);
            content.set("example", example);
        }
    }
}
