package dealbrain.http;

import java.util.Comparator;
import java.util.List;

/**
 * The texts of the OpenAPI document and its pages that depend on the application. Immutable; each {@code with} method
 * returns a copy.
 *
 * @param title       the name of the application
 * @param version     the version of the API
 * @param description one or two sentences about the API
 * @param tokenHelp   how a client gets a token, as a sentence
 * @param ofTokens    the problem types that every route may return to a request with a token, besides the common ones
 * @param serverUrl   the URL under which clients reach the server, without a slash at its end
 * @param tags        the groups of operations, in an order for readers
 * @param texts       descriptions and examples
 */
public record ApiDescription(
        String title,
        String version,
        String description,
        String tokenHelp,
        List<ProblemType> ofTokens,
        String serverUrl,
        List<Tag> tags,
        DocumentTexts texts) {
    /**
     * A group of operations.
     *
     * @param paths the templates at which the paths of its operations start; {@code /} for all. If several tags match
     *              an operation, it has the tag with the longest path.
     */
    public record Tag(String name, String description, List<String> paths) {
        public Tag {
            paths = List.copyOf(paths);
        }

        public static Tag of(String name, String description, String... paths) {
            return new Tag(name, description, List.of(paths));
        }

        /** Returns the length of the longest path that matches; -1 if none does. */
        private int match(String template) {
            return paths.stream()
                    .filter(path -> path.equals("/") || template.equals(path) || template.startsWith(path + "/"))
                    .mapToInt(String::length)
                    .max()
                    .orElse(-1);
        }
    }

    public ApiDescription {
        ofTokens = List.copyOf(ofTokens);
        tags = List.copyOf(tags);
    }

    /** Returns a description without texts, in which every operation has the same tag. */
    public static ApiDescription of(String title, String version) {
        return new ApiDescription(
                title,
                version,
                "",
                "",
                List.of(),
                "/",
                List.of(Tag.of("api", "All operations.", "/")),
                DocumentTexts.NONE);
    }

    public ApiDescription withDescription(String text) {
        return new ApiDescription(title, version, text, tokenHelp, ofTokens, serverUrl, tags, texts);
    }

    public ApiDescription withTokenHelp(String text) {
        return new ApiDescription(title, version, description, text, ofTokens, serverUrl, tags, texts);
    }

    public ApiDescription withTokenProblems(List<ProblemType> types) {
        return new ApiDescription(title, version, description, tokenHelp, types, serverUrl, tags, texts);
    }

    public ApiDescription withServerUrl(String url) {
        return new ApiDescription(title, version, description, tokenHelp, ofTokens, url, tags, texts);
    }

    public ApiDescription withTags(Tag... inOrder) {
        return new ApiDescription(title, version, description, tokenHelp, ofTokens, serverUrl, List.of(inOrder), texts);
    }

    public ApiDescription withTexts(DocumentTexts other) {
        return new ApiDescription(title, version, description, tokenHelp, ofTokens, serverUrl, tags, other);
    }

    /** Returns the name of the tag of a route. */
    String tag(Route route) {
        return tags.stream()
                .filter(tag -> tag.match(route.template()) >= 0)
                .max(Comparator.comparingInt(tag -> tag.match(route.template())))
                .map(Tag::name)
                .orElseThrow(() -> new IllegalStateException("no tag matches " + route.name()));
    }
}
