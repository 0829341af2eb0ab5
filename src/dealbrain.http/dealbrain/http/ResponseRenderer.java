package dealbrain.http;

import dealbrain.http.Response.Body;
import dealbrain.json.Json;
import java.util.Optional;

/** Turns the object of an answer into the bytes that are sent, with the headers that follow from it. */
final class ResponseRenderer {
    private ResponseRenderer() {}

    /** The same answer with its object as JSON: a page as its array, its place in the headers. */
    static Response render(Request request, Response response) {
        if (!(response.body() instanceof Body.Entity(Object value, String mediaType))) {
            return response;
        }
        Response rendered = response;
        Object sent = value;
        if (value instanceof PagedList<?> paged) {
            Optional<String> links = PageLinks.of(request, paged);
            rendered = links.isPresent() ? rendered.with("Link", links.get()) : rendered;
            rendered = rendered.with("X-Total-Count", Long.toString(paged.total()));
            sent = paged.items();
        }
        byte[] bytes = Json.bytes(sent);
        if (response.status() < 300 && !response.headers().containsKey("ETag")) {
            rendered = rendered.with("ETag", '"' + EntityTag.of(value, bytes) + '"');
        }
        return new Response(rendered.status(), rendered.headers(), new Body.Bytes(bytes, mediaType));
    }

    /** The problem document of an answer. */
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
        return new Response(problem.status(), e.headers(), new Body.Entity(problem, "application/problem+json"))
                .with("Cache-Control", "no-store");
    }
}
