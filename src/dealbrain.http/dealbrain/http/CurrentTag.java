package dealbrain.http;

import java.util.Optional;

/**
 * Adds the current entity tag to a response 412, so that the client can compare it with the tag that it sent (RFC 9110,
 * section 15.5.13). The tag is the one that GET returns to this user, read again.
 */
final class CurrentTag implements Filter {
    private final Router router;

    CurrentTag(Router router) {
        this.router = router;
    }

    @Override
    public Response filter(Request request, Handler next) {
        try {
            return next.handle(request);
        } catch (ProblemException e) {
            boolean isOutdated = e.type().equals(ProblemType.PRECONDITION_FAILED);
            throw isOutdated ? find(request).map(tag -> e.with("ETag", tag)).orElse(e) : e;
        }
    }

    /** Returns the entity tag; empty if the route supports no {@code If-Match}, or the resource is gone. */
    private Optional<String> find(Request request) {
        return Optional.ofNullable(request.route().tagTemplate())
                .flatMap(template -> router.find("GET", template))
                .flatMap(route -> read(request.reading(route)));
    }

    private static Optional<String> read(Request request) {
        try {
            Response shown =
                    ResponseRenderer.render(request, request.route().handler().handle(request));
            return shown.body() instanceof Response.Body.Cached(CachedBody content)
                    ? Optional.of(content.tagHeader())
                    : Optional.ofNullable(shown.headers().get("ETag"));
        } catch (ProblemException _) { // deleted in the meantime: there is no current state
            return Optional.empty();
        }
    }
}
