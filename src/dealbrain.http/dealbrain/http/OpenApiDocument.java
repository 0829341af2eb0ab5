package dealbrain.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import dealbrain.json.SchemaComponents;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Generates the OpenAPI 3.1 document from the route table and the records of inputs and results. */
final class OpenApiDocument {
    private final ApiDescription api;
    private final SchemaComponents schemas;
    private final OpenApiHeaders headers = new OpenApiHeaders();
    private final ObjectNode document = Json.object();

    private OpenApiDocument(ApiDescription api, InputSchemas schemas) {
        this.api = api;
        this.schemas = new SchemaComponents(schemas, "#/components/schemas/");
    }

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
                .put("description", api.description())
                .putObject("contact")
                .put("name", "The operator of this server")
                .put("url", api.serverUrl());
        document.putArray("servers").addObject().put("url", api.serverUrl());
        ArrayNode tags = document.putArray("tags");
        api.tags().forEach(tag -> tags.addObject().put("name", tag.name()).put("description", tag.description()));
        OpenApiProblems problems = new OpenApiProblems(routes, api.ofTokens(), schemas, headers);
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode operation = paths.withObjectProperty(route.template())
                    .putObject(route.method().toLowerCase(Locale.ROOT));
            new OpenApiOperation(route, api, schemas, headers).describe(operation);
            problems.describe(route, operation.withObjectProperty("responses"));
        }
        ObjectNode components = document.putObject("components");
        describeCredentials(components.putObject("securitySchemes"));
        put(components, "parameters", headers.parameters());
        put(components, "headers", headers.components());
        put(components, "responses", problems.components());
        schemas.all().forEach(this::describeSchema);
        put(components, "schemas", schemas.all());
    }

    private static void put(ObjectNode components, String name, Map<String, ObjectNode> all) {
        components.putObject(name).setAll(all);
    }

    private void describeCredentials(ObjectNode schemes) {
        schemes.putObject("token").put("type", "http").put("scheme", "bearer").put("description", api.tokenHelp());
        schemes.putObject("password")
                .put("type", "http")
                .put("scheme", "basic")
                .put("description", "The token as the password, with any user name");
    }

    /** Adds the descriptions of a schema and of its members. A description of the record itself comes first. */
    private void describeSchema(String name, ObjectNode schema) {
        String text = api.texts().schemas().get(name);
        if (text != null) {
            schema.put("description", text);
        }
        schema.path("properties")
                .forEachEntry((member, value) -> api.texts()
                        .description(name, member)
                        .ifPresent(description -> OpenApiOperation.describe((ObjectNode) value, description)));
    }
}
