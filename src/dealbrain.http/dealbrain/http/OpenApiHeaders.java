package dealbrain.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The headers of the OpenAPI document. Those that an operation refers to become components. */
final class OpenApiHeaders {
    private static final String INTEGER = "integer";
    private static final String STRING = "string";

    /** A header of requests or responses. */
    private record Header(String type, String example, String description) {}

    private static final Map<String, Header> RESPONSE = Map.ofEntries(
            Map.entry(
                    "Content-Disposition",
                    new Header(STRING, "attachment; filename=\"home-lab.json\"", "The name of the file (RFC 6266).")),
            Map.entry(
                    "ETag",
                    new Header(
                            STRING,
                            "\"4-9f2c41d07ab35e18\"",
                            "The strong entity tag of this state, for `If-None-Match` and `If-Match`.")),
            Map.entry(
                    "Link",
                    new Header(
                            STRING,
                            "</api/v1/listings?limit=20&cursor=MjRlNTM5NWY>; rel=\"next\"",
                            "The next page by cursor; without a cursor in the request, also the first, the previous "
                                    + "and the last page by offset (RFC 8288). The last one only if the total is exact "
                                    + "and its offset is allowed.")),
            Map.entry("Location", new Header(STRING, "/api/v1/listings/1", "The address of the resource.")),
            Map.entry(
                    "RateLimit",
                    new Header(
                            STRING,
                            "\"user-shares\";r=9;t=3600",
                            "The rest of the quota, and the seconds until it is full again.")),
            Map.entry(
                    "RateLimit-Policy",
                    new Header(
                            STRING, "\"user-shares\";q=10;w=3600", "The quota, and the seconds for which it counts.")),
            Map.entry(
                    "Retry-After", new Header(INTEGER, "5", "The number of seconds after which a retry makes sense.")),
            Map.entry("WWW-Authenticate", new Header(STRING, "Bearer", "The scheme of the credentials to send.")),
            Map.entry(
                    "X-RateLimit-Limit",
                    new Header(INTEGER, "10", "The quota, for clients that do not read RateLimit-Policy.")),
            Map.entry("X-RateLimit-Remaining", new Header(INTEGER, "9", "The rest of the quota.")),
            Map.entry("X-RateLimit-Reset", new Header(INTEGER, "3600", "The seconds until the quota is full again.")),
            Map.entry(
                    "X-Request-Id",
                    new Header(
                            STRING,
                            "5f0c2b7e91d3a846",
                            "The id of the request in the log of the server; that of the request header of this name "
                                    + "if it has a valid one.")),
            Map.entry(
                    "X-Total-Count",
                    new Header(
                            INTEGER,
                            "150",
                            "The number of elements of the whole list, up to 10000; all with `count=exact`, absent "
                                    + "with `count=none`.")),
            Map.entry(
                    "X-Total-Count-Relation",
                    new Header(
                            STRING, "eq", "`eq` if `X-Total-Count` is exact, `gte` if the list has more elements.")));

    private static final Map<String, Header> REQUEST = Map.of(
            "If-Match",
            new Header(
                    STRING,
                    "\"4-9f2c41d07ab35e18\"",
                    "The entity tag of the state that you have read. If the resource changed since, nothing happens "
                            + "and the status is 412."),
            "If-None-Match",
            new Header(
                    STRING,
                    "\"4-9f2c41d07ab35e18\"",
                    "The entity tag of a stored response. While it is current, the status is 304, without a body."));

    private final Map<String, ObjectNode> components = new TreeMap<>();
    private final Map<String, ObjectNode> parameters = new TreeMap<>();

    /** Adds headers to a response. */
    void describe(ObjectNode response, List<String> names) {
        ObjectNode headers = response.withObjectProperty("headers");
        for (String name : names) {
            components.computeIfAbsent(name, _ -> component(Objects.requireNonNull(RESPONSE.get(name))));
            headers.putObject(name).put("$ref", "#/components/headers/" + name);
        }
    }

    /** Returns a reference to the parameter of a header of the request. */
    ObjectNode parameter(String name) {
        parameters.computeIfAbsent(name, _ -> {
            ObjectNode parameter =
                    Json.object().put("name", name).put("in", "header").put("required", false);
            parameter.setAll(component(Objects.requireNonNull(REQUEST.get(name))));
            return parameter;
        });
        return Json.object().put("$ref", "#/components/parameters/" + name);
    }

    private static ObjectNode component(Header header) {
        ObjectNode component = Json.object().put("description", header.description());
        component.putObject("schema").put("type", header.type());
        if (header.type().equals(INTEGER)) {
            component.put("example", Integer.parseInt(header.example()));
        } else {
            component.put("example", header.example());
        }
        return component;
    }

    /** Returns the headers of responses that were used, by name. */
    Map<String, ObjectNode> components() {
        return components;
    }

    /** Returns the headers of requests that were used, by name. */
    Map<String, ObjectNode> parameters() {
        return parameters;
    }
}
