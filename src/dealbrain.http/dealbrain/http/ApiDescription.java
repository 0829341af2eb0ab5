package dealbrain.http;

/**
 * The texts of the OpenAPI document and its pages that depend on the application. Immutable; each {@code with} method
 * returns a copy.
 *
 * @param title       the name of the application
 * @param version     the version of the API
 * @param description one or two sentences about the API
 * @param tokenHelp   how a client gets a token, as a sentence
 * @param pathPrefix  the start of the paths of resources, such as {@code /api/v1/}; the next segment is the tag of a
 *                    route
 * @param otherTag    the tag of all other routes
 */
public record ApiDescription(
        String title, String version, String description, String tokenHelp, String pathPrefix, String otherTag) {
    /** Returns a description without texts, in which every route is tagged with the first segment of its path. */
    public static ApiDescription of(String title, String version) {
        return new ApiDescription(title, version, "", "", "/", "other");
    }

    public ApiDescription withDescription(String text) {
        return new ApiDescription(title, version, text, tokenHelp, pathPrefix, otherTag);
    }

    public ApiDescription withTokenHelp(String text) {
        return new ApiDescription(title, version, description, text, pathPrefix, otherTag);
    }

    public ApiDescription withTags(String prefix, String other) {
        return new ApiDescription(title, version, description, tokenHelp, prefix, other);
    }

    String tag(Route route) {
        return route.template().startsWith(pathPrefix)
                ? Router.segments(route.template().substring(pathPrefix.length() - 1))
                        .getFirst()
                : otherTag;
    }
}
