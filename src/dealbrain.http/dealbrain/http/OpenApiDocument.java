package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import dealbrain.json.InputSchemas;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Generates the OpenAPI 3.1 document from the route table and the records of inputs and results. */
final class OpenApiDocument {
    private static final Map<String, String> HEADERS = new TreeMap<>(Map.of(
            "ETag", "A strong entity tag, for If-None-Match and If-Match",
            "Link", "The first, previous, next and last page, as far as they exist (RFC 8288)",
            "Location", "The URI of the created resource",
            "X-Total-Count", "The number of elements of the whole list"));

    private final ApiDescription api;
    private final InputSchemas schemas;
    private final SchemaBuilder definitions;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private OpenApiDocument(ApiDescription api, InputSchemas schemas) {
        this.api = api;
        this.schemas = schemas;
        this.definitions = schemas.definitions();
    }

    /** Returns the document. Hold the lock of {@code schemas} during the call. */
    static ObjectNode of(ApiDescription api, List<Route> routes, InputSchemas schemas) {
        OpenApiDocument openApi = new OpenApiDocument(api, schemas);
        openApi.describe(routes);
        return openApi.document;
    }

    private void describe(List<Route> routes) {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", api.title())
                .put("version", api.version())
                .put("description", api.description());
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            new OpenApiOperation(route, api.tag(route), schemas, definitions)
                    .describe(paths.withObjectProperty(route.template())
                            .putObject(route.method().toLowerCase(Locale.ROOT)));
        }
        ObjectNode components = document.putObject("components");
        describeProblems(components.putObject("responses"));
        describeCredentials(components.putObject("securitySchemes"));
        describeHeaders(components.putObject("headers"));
        // last, when all references are known
        components.set("schemas", definitions.collectDefinitions("components/schemas"));
    }

    private void describeProblems(ObjectNode responses) {
        JsonNode problem = definitions.createSchemaReference(Problem.class);
        responses
                .putObject("Problem")
                .put("description", "A problem document (RFC 9457)")
                .putObject("content")
                .putObject(Response.PROBLEM)
                .set("schema", problem);
        ObjectNode page = responses
                .putObject("ProblemPage")
                .put("description", "An HTML page about the problem, or a problem document (RFC 9457)")
                .putObject("content");
        page.putObject(Response.HTML).putObject("schema").put("type", "string");
        page.putObject(Response.PROBLEM).set("schema", problem);
    }

    private void describeCredentials(ObjectNode schemes) {
        schemes.putObject("token").put("type", "http").put("scheme", "bearer").put("description", api.tokenHelp());
        schemes.putObject("password")
                .put("type", "http")
                .put("scheme", "basic")
                .put("description", "The token as the password, with any user name");
    }

    private static void describeHeaders(ObjectNode headers) {
        HEADERS.forEach((name, description) -> headers.putObject(name)
                .put("description", description)
                .putObject("schema")
                .put("type", name.equals("X-Total-Count") ? "integer" : "string"));
    }
}
