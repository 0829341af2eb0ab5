package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
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

/** Holds answers to the OpenAPI document: the status, the media type, the body and what goes with them. */
final class Conformance {
    private static final String PROBLEM = "application/problem+json";
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final Map<JsonNode, Schema> schemas = new HashMap<>();

    Conformance(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with the answer; empty when it is as the document says. */
    Optional<String> complaint(FuzzRequest request, Api.Answer answer) {
        if (answer.status() >= 500) {
            return Optional.of("a fault of the server's");
        }
        if (answer.header("X-Request-Id").isEmpty()) {
            return Optional.of("no X-Request-Id");
        }
        if (answer.status() == 405) {
            return answer.header("Allow").isEmpty()
                    ? Optional.of("405 without Allow")
                    : problem(request, answer, List.of("method-not-allowed"));
        }
        JsonNode path = document.path("paths").path(request.template());
        JsonNode operation = path.path(
                request.method().equals("HEAD") ? "get" : request.method().toLowerCase(Locale.ROOT));
        if (operation.isMissingNode() || request.method().equals("get")) {
            return withoutOperation(request, answer);
        }
        JsonNode described = operation.path("responses").path(Integer.toString(answer.status()));
        if (described.isMissingNode()) {
            return Optional.of("a status that the document does not name");
        }
        if (described.has("$ref")) {
            boolean page = described.path("$ref").asText().endsWith("/ProblemPage")
                    && mediaType(answer).equals("text/html");
            return page
                    ? Optional.empty()
                    : problem(
                            request,
                            answer,
                            Arrays.asList(described.path("description").asText().split(", ")));
        }
        return answer.status() == 201 && answer.header("Location").isEmpty()
                ? Optional.of("201 without Location")
                : body(request, answer, described.path("content"));
    }

    private Optional<String> withoutOperation(FuzzRequest request, Api.Answer answer) {
        return switch (answer.status()) {
            case 204 ->
                request.method().equals("OPTIONS") && answer.header("Allow").isPresent()
                        ? Optional.empty()
                        : Optional.of("204 to what is not in the document");
            case 400, 404, 412, 414 -> problem(request, answer, List.of());
            default -> Optional.of("an answer to what is not in the document");
        };
    }

    private Optional<String> problem(FuzzRequest request, Api.Answer answer, List<String> codes) {
        if (!mediaType(answer).equals(PROBLEM)) {
            return Optional.of("not a problem document");
        }
        if (request.method().equals("HEAD")) {
            return Optional.empty();
        }
        JsonNode problem = Json.parse(bytes(answer));
        if (problem.path("status").asInt() != answer.status()
                || (!codes.isEmpty() && !codes.contains(problem.path("code").asText()))) {
            return Optional.of("a problem of another status or code than the document says");
        }
        return mismatch(
                document.at("/components/responses/Problem/content")
                        .path(PROBLEM)
                        .path("schema"),
                problem);
    }

    private Optional<String> body(FuzzRequest request, Api.Answer answer, JsonNode content) {
        if (content.isMissingNode()) {
            return answer.response().body().length == 0
                    ? Optional.empty()
                    : Optional.of("a body where the document has none");
        }
        JsonNode schema = content.path(mediaType(answer));
        if (schema.isMissingNode()) {
            schema = content.path(answer.header("Content-Type").orElse("none"));
        }
        if (schema.isMissingNode()) {
            return Optional.of("a media type that the document does not name");
        }
        return request.method().equals("HEAD") || !mediaType(answer).endsWith("json")
                ? Optional.empty()
                : mismatch(schema.path("schema"), Json.parse(bytes(answer)));
    }

    private static String mediaType(Api.Answer answer) {
        return answer.header("Content-Type").orElse("none").replaceFirst(";.*", "");
    }

    private Optional<String> mismatch(JsonNode schema, JsonNode body) {
        List<com.networknt.schema.Error> errors =
                schemas.computeIfAbsent(schema, this::compiled).validate(body);
        return errors.isEmpty() ? Optional.empty() : Optional.of("a body that the schema refuses: " + errors);
    }

    /** With the definitions that it refers to, where JSON schema has them. */
    private Schema compiled(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("$defs", document.at("/components/schemas"));
        return REGISTRY.getSchema(Json.parse(
                whole.toString().replace("#/components/schemas/", "#/$defs/").getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(Api.Answer answer) {
        byte[] body = answer.response().body();
        if (answer.header("Content-Encoding").isEmpty()) {
            return body;
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
