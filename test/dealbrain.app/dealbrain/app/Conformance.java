package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Validates responses against the OpenAPI document: status, media type, body and headers. */
final class Conformance {
    private static final String PROBLEM = "application/problem+json";
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode document;
    private final Map<JsonNode, Schema> schemas = new HashMap<>();

    Conformance(JsonNode document) {
        this.document = document;
    }

    /** Returns what is wrong with the response; empty if it conforms to the document. */
    Optional<String> complaint(FuzzRequest request, Api.Response response) {
        if (response.status() >= 500) {
            return Optional.of("an internal error");
        }
        if (response.header("X-Request-Id").isEmpty()) {
            return Optional.of("no X-Request-Id");
        }
        if (response.status() == 308) { // a slash or a character too many
            return response.header("Location").isEmpty() ? Optional.of("308 without Location") : Optional.empty();
        }
        if (response.status() == 405) {
            return response.header("Allow").isEmpty()
                    ? Optional.of("405 without Allow")
                    : problem(request, response, List.of("method-not-allowed"));
        }
        JsonNode path = document.path("paths").path(request.template());
        JsonNode operation = path.path(
                request.method().equals("HEAD") ? "get" : request.method().toLowerCase(Locale.ROOT));
        if (operation.isMissingNode() || request.method().equals("get")) {
            return withoutOperation(request, response);
        }
        JsonNode described = operation.path("responses").path(Integer.toString(response.status()));
        if (described.isMissingNode()) {
            return Optional.of("a status that is not in the document");
        }
        if (described.has("$ref")) {
            boolean page = described.path("$ref").asText().endsWith("Page")
                    && mediaType(response).equals("text/html");
            return page
                    ? Optional.empty()
                    : problem(
                            request,
                            response,
                            Arrays.asList(described.path("description").asText().split(", ")));
        }
        return response.status() == 201 && response.header("Location").isEmpty()
                ? Optional.of("201 without Location")
                : body(request, response, described.path("content"));
    }

    private Optional<String> withoutOperation(FuzzRequest request, Api.Response response) {
        return switch (response.status()) {
            case 204 ->
                request.method().equals("OPTIONS") && response.header("Allow").isPresent()
                        ? Optional.empty()
                        : Optional.of("204 to an operation that is not in the document");
            case 400, 404, 412, 414 -> problem(request, response, List.of());
            default -> Optional.of("success for an operation that is not in the document");
        };
    }

    private Optional<String> problem(FuzzRequest request, Api.Response response, List<String> codes) {
        if (request.headers().contains("text/html") && mediaType(response).equals("text/html")) {
            return Optional.empty(); // to a browser
        }
        if (!mediaType(response).equals(PROBLEM)) {
            return Optional.of("not a problem document");
        }
        if (request.method().equals("HEAD")) {
            return Optional.empty();
        }
        JsonNode problem = Json.parse(bytes(response));
        if (problem.path("status").asInt() != response.status()
                || (!codes.isEmpty() && !codes.contains(problem.path("code").asText()))) {
            return Optional.of("a problem whose status or code is not in the document");
        }
        return mismatch(
                document.at("/components/responses/Problem/content")
                        .path(PROBLEM)
                        .path("schema"),
                problem);
    }

    private Optional<String> body(FuzzRequest request, Api.Response response, JsonNode content) {
        if (content.isMissingNode()) {
            return response.http().body().length == 0
                    ? Optional.empty()
                    : Optional.of("a body that is not in the document");
        }
        JsonNode schema = content.path(mediaType(response));
        if (schema.isMissingNode()) {
            schema = content.path(response.header("Content-Type").orElse("none"));
        }
        if (schema.isMissingNode()) {
            return Optional.of("a media type that is not in the document");
        }
        return request.method().equals("HEAD") || !mediaType(response).endsWith("json")
                ? Optional.empty()
                : mismatch(schema.path("schema"), Json.parse(bytes(response)));
    }

    private static String mediaType(Api.Response response) {
        return response.header("Content-Type").orElse("none").replaceFirst(";.*", "");
    }

    /** Returns how a body violates a schema of the document; empty if it is valid. */
    Optional<String> mismatch(JsonNode schema, JsonNode body) {
        List<com.networknt.schema.Error> errors =
                schemas.computeIfAbsent(schema, this::compiled).validate(body);
        return errors.isEmpty() ? Optional.empty() : Optional.of("a body that violates the schema: " + errors);
    }

    /** Compiles a schema with its definitions, which JSON Schema expects under {@code $defs}. */
    private Schema compiled(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("$defs", document.at("/components/schemas"));
        return REGISTRY.getSchema(Json.parse(
                whole.toString().replace("#/components/schemas/", "#/$defs/").getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(Api.Response response) {
        byte[] body = response.http().body();
        if (response.header("Content-Encoding").isEmpty()) {
            return body;
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
