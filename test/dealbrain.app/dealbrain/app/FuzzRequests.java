package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Generates requests from the OpenAPI document: half conform to it, half have an invalid path, query, header, body or
 * method.
 */
final class FuzzRequests {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE", "get");
    private static final List<String> CALLERS =
            List.of("owner", "owner", "owner", "admin", "recipient", "other", "reader", "anonymous", "revoked");
    private static final List<String> IDS = List.of(
            "0",
            "-1",
            "abc",
            "1.0",
            "9223372036854775807",
            "9223372036854775808",
            "%2B1",
            "1%00",
            "%F0%9F%96%A5",
            "..%2F..",
            "%20",
            "null",
            "1;a=b");
    private static final List<String> TAGS =
            List.of("*", "\"x\"", "W/\"x\"", "x", "\"a\", \"b\"", "\"\"", "\"1-AAAAAAAAAAAAAAAAAAAAAA\"", ",");
    private static final List<String> ACCEPTS = List.of(
            "*/*",
            "application/json",
            "application/*",
            "text/html",
            "text/csv",
            "application/json;q=0",
            "image/png, */*;q=0.1",
            ";;",
            "a/b/c",
            "application/problem+json");
    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/json; charset=latin1",
            "application/merge-patch+json",
            "application/json; charset=utf-8",
            "x",
            "application/xml");
    /** Paths whose responses take as many seconds as the request says. */
    private static final List<String> LASTING = List.of("/api/v1/ops/recordings", "/ops/flames");

    private static final int MAX_PATHS = 8;

    /** An operation of the document. */
    private record Operation(String method, String template, JsonNode described) {}

    private final RandomGenerator random;
    private final FuzzValues values;
    private final List<Operation> operations = new ArrayList<>();
    /** Paths of existing objects, by their template. */
    private final Map<String, List<String>> known = new HashMap<>();

    FuzzRequests(JsonNode document, RandomGenerator random) {
        this.random = random;
        this.values = new FuzzValues(document, random);
        document.path("paths").properties().stream()
                .filter(path -> !LASTING.contains(path.getKey()))
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
    }

    int operations() {
        return operations.size();
    }

    FuzzRequest next(int number, OneOfEach things) {
        Operation operation = operations.get(number % operations.size()); // cycles through all operations
        boolean asDocumented = values.chance(0.5);
        String path = path(operation.template(), things, asDocumented) + query(operation, asDocumented);
        String method = asDocumented || values.chance(0.8) ? operation.method() : values.oneOf(METHODS);
        if (method.equals("GET") && values.chance(0.1)) {
            method = "HEAD";
        }
        List<String> headers = new ArrayList<>();
        String body = body(operation, method, things, asDocumented, headers);
        headers(asDocumented, headers);
        return new FuzzRequest(method, operation.template(), path, caller(operation, asDocumented), headers, body);
    }

    private String caller(Operation operation, boolean asDocumented) {
        if (asDocumented && values.chance(0.8)) {
            String who = operation.described().path("description").asText();
            if (who.contains("admin")) {
                return "admin";
            }
            boolean received = operation.template().startsWith("/api/v1/user-shares/{")
                    || operation.template().contains("notifications");
            return received ? "recipient" : "owner";
        }
        return values.oneOf(CALLERS);
    }

    private String path(String template, OneOfEach things, boolean asDocumented) {
        if (!template.contains("{")) {
            return template;
        }
        if (!asDocumented && values.chance(0.3)) {
            String path = template;
            while (path.contains("{")) {
                path = path.replaceFirst(
                        "\\{[^}]+}", values.chance(0.5) ? values.oneOf(IDS) : encoded(values.oneOf(FuzzValues.TEXTS)));
            }
            return path;
        }
        List<String> paths = known.computeIfAbsent(template, _ -> new ArrayList<>());
        if (paths.size() < MAX_PATHS || values.chance(0.1)) {
            paths.add(things.path(template));
        }
        if (paths.size() > MAX_PATHS) {
            paths.removeFirst();
        }
        return values.oneOf(paths);
    }

    /** Returns a query string with a random selection of the documented parameters. */
    private String query(Operation operation, boolean asDocumented) {
        List<String> pairs = new ArrayList<>();
        operation.described().path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query")
                    && (parameter.path("required").asBoolean() || values.chance(0.3))) {
                JsonNode value =
                        asDocumented || values.chance(0.5) ? values.valid(parameter.path("schema")) : values.any(0);
                pairs.add(parameter.path("name").asText() + "=" + encoded(value.asText()));
            }
        });
        if (!asDocumented && values.chance(0.2)) {
            pairs.add(encoded(values.oneOf(FuzzValues.TEXTS)) + "=" + encoded(values.oneOf(FuzzValues.TEXTS)));
        }
        if (!asDocumented && !pairs.isEmpty() && values.chance(0.1)) {
            pairs.add(pairs.getFirst());
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private @Nullable String body(
            Operation operation, String method, OneOfEach things, boolean asDocumented, List<String> headers) {
        JsonNode content = operation.described().at("/requestBody/content");
        if (content.isMissingNode() || method.equals("GET") || method.equals("HEAD")) {
            return !asDocumented && values.chance(0.1) ? values.oneOf(FuzzValues.TEXTS) : null;
        }
        String mediaType = content.fieldNames().next();
        headers.addAll(
                List.of("Content-Type", asDocumented || values.chance(0.9) ? mediaType : values.oneOf(CONTENT_TYPES)));
        if (mediaType.equals("text/csv")) {
            String csv = things.body(operation.method(), operation.template());
            return asDocumented || csv == null ? csv : values.malformed(csv);
        }
        String created = values.chance(0.4) ? things.body(operation.method(), operation.template()) : null;
        JsonNode valid = created != null
                ? Json.parse(created.getBytes(StandardCharsets.UTF_8))
                : values.valid(content.path(mediaType).path("schema"));
        if (asDocumented) {
            return valid.toString();
        }
        return values.chance(0.8) ? values.broken(valid).toString() : values.malformed(valid.toString());
    }

    private void headers(boolean asDocumented, List<String> headers) {
        add(headers, 0.1, "Accept-Encoding", "gzip");
        add(headers, 0.1, "If-None-Match", values.oneOf(TAGS));
        add(headers, asDocumented ? 0 : 0.15, "If-Match", values.oneOf(TAGS));
        add(headers, asDocumented ? 0 : 0.2, "Accept", values.oneOf(ACCEPTS));
        add(headers, 0.05, "X-Request-Id", "fuzz-" + random.nextInt(1000));
        add(headers, 0.05, "Origin", "https://example.org");
        add(headers, 0.05, "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    private void add(List<String> headers, double chance, String name, String value) {
        if (values.chance(chance)) {
            headers.addAll(List.of(name, value));
        }
    }
}
