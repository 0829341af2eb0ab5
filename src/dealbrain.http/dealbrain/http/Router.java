package dealbrain.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The route table. Filled by one thread before the start of the server, then only read.
 *
 * <p>The table is a tree with a level for each path segment. A node has a child for each literal segment, and at most
 * one child for a parameter, which matches any segment but an empty one. A path is matched from the root: at each node,
 * the literal child is tried first, then the parameter child. If the literal child leads to no route, the search goes
 * back. So {@code /things/special/parts} is found in a table with {@code /things/special} and {@code
 * /things/{id}/parts}. A lookup costs a hash access for each segment, and does not depend on the number of routes.
 */
public final class Router {
    /** A route, and the decoded values of its path parameters by name. */
    record Match(Route route, Map<String, String> parameters) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        /** The routes whose templates end here, by method. */
        private final Map<String, Route> routes = new HashMap<>();

        private @Nullable Node parameter;
    }

    private final Node root = new Node();
    private final List<Route> routes = new ArrayList<>();

    public Route get(String template, Handler handler) {
        return add("GET", template, handler);
    }

    public Route post(String template, Handler handler) {
        return add("POST", template, handler);
    }

    public Route put(String template, Handler handler) {
        return add("PUT", template, handler);
    }

    public Route patch(String template, Handler handler) {
        return add("PATCH", template, handler);
    }

    public Route delete(String template, Handler handler) {
        return add("DELETE", template, handler);
    }

    private Route add(String method, String template, Handler handler) {
        Node node = root;
        for (String segment : segments(template)) {
            if (!isParameter(segment)) {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            } else {
                if (node.parameter == null) {
                    node.parameter = new Node();
                }
                node = node.parameter;
            }
        }
        Route route = new Route(method, template, handler);
        if (node.routes.putIfAbsent(method, route) != null) {
            throw new IllegalStateException("duplicate route: " + method + " " + template);
        }
        routes.add(route);
        return route;
    }

    /** Returns all routes in the order in which they were added. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Returns method and template of each page, in the order in which they were added. */
    public List<String> pages() {
        return routes.stream().filter(Route::isForPeople).map(Route::name).toList();
    }

    /** Returns the route with a method and a template; empty if there is none. */
    Optional<Route> find(String method, String template) {
        return routes.stream()
                .filter(route ->
                        route.method().equals(method) && route.template().equals(template))
                .findFirst();
    }

    /**
     * Returns the route of a decoded path. If there is none, returns a substitute, which throws 404 or 405 or responds
     * to OPTIONS. HEAD has the route of GET.
     *
     * <p>The path is matched before the method: a literal segment hides a parameter for all methods, also for those
     * that have only a route with the parameter. With {@code GET /things/special} and {@code DELETE /things/{id}},
     * {@code DELETE /things/special} is 405.
     */
    Match match(String method, List<String> path) {
        Node end = find(root, path, 0);
        if (end == null) {
            return notFound(method);
        }
        Route route = end.routes.get(method.equals("HEAD") ? "GET" : method);
        return route == null ? withoutMethod(method, end) : new Match(route, parameters(route, path));
    }

    /** Returns the node for the rest of the path from {@code depth}, if it has routes; else null. */
    private static @Nullable Node find(Node node, List<String> path, int depth) {
        if (depth == path.size()) {
            return node.routes.isEmpty() ? null : node;
        }
        Node literal = node.literals.get(path.get(depth));
        Node found = literal == null ? null : find(literal, path, depth + 1);
        if (found == null && node.parameter != null && !path.get(depth).isEmpty()) {
            found = find(node.parameter, path, depth + 1);
        }
        return found;
    }

    /** Returns the substitute for a path without routes. */
    private static Match notFound(String method) {
        return failing(
                method,
                new ProblemException(ProblemType.NOT_FOUND, "no resource has this path; /docs lists the paths"));
    }

    /** Returns the substitute for a path that has routes, but not for the method. */
    private static Match withoutMethod(String method, Node end) {
        TreeSet<String> allowed = new TreeSet<>(end.routes.keySet());
        allowed.add("OPTIONS");
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String allow = String.join(", ", allowed);
        if (method.equals("OPTIONS")) {
            return unmatched(method, _ -> Response.noContent().with("Allow", allow));
        }
        return failing(
                method,
                new ProblemException(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "the methods of this path are " + allow,
                        Map.of("Allow", allow)));
    }

    /** Returns a substitute whose handler throws the problem. */
    static Match failing(String method, ProblemException problem) {
        return unmatched(method, _ -> {
            throw problem;
        });
    }

    /**
     * Returns a substitute that redirects to another address, with the same method and body (RFC 9110, section 15.4.9).
     */
    static Match redirect(String method, String location) {
        return unmatched(method, _ -> new Response(308, Map.of("Location", location), new Response.Body.Empty()));
    }

    private static Match unmatched(String method, Handler handler) {
        return new Match(new Route(method, Route.UNMATCHED, handler).access(Access.PUBLIC), Map.of());
    }

    private static Map<String, String> parameters(Route route, List<String> path) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Route.Parameter parameter : route.parameters()) {
            parameters.put(parameter.name(), path.get(parameter.segment()));
        }
        return parameters;
    }

    static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    static String parameterName(String segment) {
        return segment.substring(1, segment.length() - 1);
    }

    /** Splits a path after its first slash. A trailing slash adds an empty segment, so that it makes another path. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int from = 1;
        for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
            segments.add(path.substring(from, slash));
            from = slash + 1;
        }
        segments.add(path.substring(from));
        return segments;
    }
}
