package dealbrain.http;

import dealbrain.http.Response.Body;
import dealbrain.json.Json;
import java.util.Map;
import java.util.Optional;

/** Converts the entity of a response to bytes, with the headers that follow from it. */
final class ResponseRenderer {
    private ResponseRenderer() {}

    /**
     * Returns the response with its entity as JSON. A {@link PagedList} becomes an array, its position becomes headers.
     */
    static Response render(Request request, Response response) {
        if (!(response.body() instanceof Body.Entity(Object entity, String mediaType))) {
            return response;
        }
        Response rendered = switch (entity) {
            case PagedList<?> list -> withPage(request, response, list);
            case PagedBody body -> withPage(request, response, body.page());
            default -> response;
        };
        Object content = entity instanceof PagedList<?> list ? list.items() : entity;
        byte[] bytes = Json.bytes(content);
        if (response.status() < 300 && !response.headers().containsKey("ETag")) {
            rendered = rendered.with("ETag", '"' + EntityTag.of(entity, bytes) + '"');
        }
        return new Response(rendered.status(), rendered.headers(), new Body.Bytes(bytes, mediaType));
    }

    private static Response withPage(Request request, Response response, PagedList<?> list) {
        Response result = response;
        Optional<String> links = PageLinks.of(request, list);
        if (links.isPresent()) {
            result = result.with("Link", links.get());
        }
        Total total = list.total();
        return total == null
                ? result
                : result.with("X-Total-Count", Long.toString(total.count()))
                        .with("X-Total-Count-Relation", total.relation());
    }

    /** Returns the problem document of an exception; as a page, if the client is a browser. */
    static Response problem(Request request, ProblemException e) {
        Problem problem = new Problem(
                request.publicUrl().relative(e.type().uri()),
                e.type().title(),
                e.type().status(),
                String.valueOf(e.getMessage()),
                request.publicPath(),
                e.type().code(),
                request.id(),
                e.errors().isEmpty() ? null : e.errors());
        Response response = isForBrowser(request)
                ? ProblemPage.of(problem, e.type(), request.publicUrl())
                : new Response(problem.status(), Map.of(), new Body.Entity(problem, Response.PROBLEM));
        return response.with(e.headers()).with("Cache-Control", "no-store").varyBy("Accept");
    }

    /** A browser names HTML, and no client of the API does. On a route with a page, JSON must be named. */
    private static boolean isForBrowser(Request request) {
        String accept = request.header("Accept").orElse("");
        return ContentNegotiation.prefersHtml(accept)
                || (request.route().isPage() && !ContentNegotiation.prefersJson(accept));
    }
}
