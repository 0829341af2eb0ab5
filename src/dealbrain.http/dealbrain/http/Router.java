package dealbrain.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The route table: a tree of path segments, in which a literal segment goes before a parameter. Filled by one thread at
 * the start, then only read.
 */
public final class Router {
    /** A route for a path, with what its parameters stand for. */
    record Match(Route route, Map<String, String> parameters) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
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
            throw new IllegalStateException("two routes for " + method + " " + template);
        }
        routes.add(route);
        return route;
    }

    /** All routes in the order in which they were added. */
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /**
     * Finds the route of a decoded path. HEAD is answered by the route of GET. What is not in the table is a match as
     * well: a route that throws 404 or 405, or answers OPTIONS. A literal segment hides the parameter beside it for every
     * method, as the two are different things: DELETE of {@code /collections/discover} is 405 and no id.
     */
    Match match(String method, List<String> path) {
        Node end = find(root, path, 0);
        if (end == null) {
            return new Match(
                    failing(
                            method,
                            new ProblemException(
                                    ProblemType.NOT_FOUND,
                                    "there is nothing at this address; /docs lists what there is")),
                    Map.of());
        }
        Route found = end.routes.get(method.equals("HEAD") ? "GET" : method);
        return found == null ? new Match(unmatched(method, end), Map.of()) : new Match(found, parameters(found, path));
    }

    /** The node at the end of the path, by literal segments where they lead to a route. */
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

    private static Route unmatched(String method, Node end) {
        TreeSet<String> allowed = new TreeSet<>(end.routes.keySet());
        allowed.add("OPTIONS");
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String allow = String.join(", ", allowed);
        if (method.equals("OPTIONS")) {
            return unnamed(method, _ -> Response.noContent().with("Allow", allow));
        }
        return failing(
                method,
                new ProblemException(
                        ProblemType.METHOD_NOT_ALLOWED, "this address takes " + allow, Map.of("Allow", allow)));
    }

    /** A route for what has none. */
    static Route failing(String method, ProblemException problem) {
        return unnamed(method, _ -> {
            throw problem;
        });
    }

    private static Route unnamed(String method, Handler handler) {
        return new Route(method, Route.NONE, handler).access(Access.PUBLIC);
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

    /** The segments of a path after its first slash; an empty one at the end counts, so that a slash too many is another path. */
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
