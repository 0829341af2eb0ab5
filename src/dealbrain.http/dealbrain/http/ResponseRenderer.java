package dealbrain.http;

import dealbrain.http.Response.Body;
import dealbrain.json.Json;
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
        Response rendered = response;
        Object content = entity;
        if (entity instanceof PagedList<?> list) {
            Optional<String> links = PageLinks.of(request, list);
            rendered = links.isPresent() ? rendered.with("Link", links.get()) : rendered;
            rendered = rendered.with("X-Total-Count", Long.toString(list.total()));
            content = list.items();
        }
        byte[] bytes = Json.bytes(content);
        if (response.status() < 300 && !response.headers().containsKey("ETag")) {
            rendered = rendered.with("ETag", '"' + EntityTag.of(entity, bytes) + '"');
        }
        return new Response(rendered.status(), rendered.headers(), new Body.Bytes(bytes, mediaType));
    }

    /** Returns the problem document of an exception. */
    static Response problem(Request request, ProblemException e) {
        Problem problem = new Problem(
                e.type().uri(),
                e.type().title(),
                e.type().status(),
                String.valueOf(e.getMessage()),
                request.rawPath(),
                e.type().code(),
                request.id(),
                e.errors().isEmpty() ? null : e.errors());
        return new Response(problem.status(), e.headers(), new Body.Entity(problem, Response.PROBLEM))
                .with("Cache-Control", "no-store");
    }
}
