package dealbrain.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the address that a damaged one means: with a slash too many, or, on a route that links lead to, with
 * characters that the text around the link has left at its end, such as a full stop or a bracket.
 *
 * <p>A result is the path of a route of the table, so it begins with one slash and a literal segment of that route. It
 * never leads to another host.
 */
final class CanonicalPath {
    /** The end of a link without its last characters that are no part of a name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    /** RFC 3986, section 2.3. */
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]*");

    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");

    private CanonicalPath() {}

    /**
     * Returns the percent-encoded path of the route that {@code rawPath} means; empty if it has no route, or is the
     * path of one as it is.
     */
    static Optional<String> of(Router router, String method, String rawPath) {
        List<String> path = UriDecoder.lenientPath(rawPath);
        return withoutEmptySegments(router, method, path)
                .or(() -> ofLink(router, method, path))
                .filter(canonical -> !canonical.equals(path))
                .map(CanonicalPath::encoded);
    }

    /** Returns the path without empty segments, if it has a route whose links it satisfies. */
    private static Optional<List<String>> withoutEmptySegments(Router router, String method, List<String> path) {
        List<String> segments = path.stream().filter(each -> !each.isEmpty()).toList();
        List<String> canonical = segments.isEmpty() ? List.of("") : segments;
        Route route = router.match(method, canonical).route();
        return route.isMatched() && route.isIntact(canonical.getLast()) ? Optional.of(canonical) : Optional.empty();
    }

    /** Returns the path without what the text around a link has added, if it then has a route that links lead to. */
    private static Optional<List<String>> ofLink(Router router, String method, List<String> path) {
        List<String> segments = linkSegments(path);
        while (!segments.isEmpty()
                && !LETTER_OR_DIGIT.matcher(segments.getLast()).find()) {
            segments.removeLast();
        }
        if (segments.isEmpty()) {
            return router.match(method, List.of("")).route().isLinked() ? Optional.of(List.of("")) : Optional.empty();
        }
        Route route = router.match(method, segments).route();
        if (!route.isMatched()) {
            cut(segments, NAME);
            route = router.match(method, segments).route();
        }
        return route.isLinked() && cut(segments, route.linkEnd()) ? Optional.of(segments) : Optional.empty();
    }

    /** Returns the segments that are not empty, up to the first with a character that no segment of a link has. */
    private static List<String> linkSegments(List<String> path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
            if (!UNRESERVED.matcher(segment).matches()) {
                break;
            }
        }
        return segments;
    }

    /** Replaces the last segment by its part that matches. Returns whether there is one. */
    private static boolean cut(List<String> segments, Pattern part) {
        Matcher matcher = part.matcher(segments.getLast());
        boolean found = matcher.find();
        if (found) {
            segments.set(segments.size() - 1, matcher.group());
        }
        return found;
    }

    private static String encoded(List<String> path) {
        return path.stream()
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "/", ""));
    }
}
