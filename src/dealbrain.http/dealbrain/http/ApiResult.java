package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dealbrain.http.Response.Body;
import dealbrain.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The result of a call of the API within the process. */
public record ApiResult(Response response) {
    /**
     * Returns the object of the response, such as a record.
     *
     * @throws ClassCastException the response has another one
     */
    public <T> T value(Class<T> type) {
        return switch (response.body()) {
            case Body.Entity entity -> type.cast(entity.value());
            case Body.Cached cached -> Json.read(new String(cached.content().bytes(), StandardCharsets.UTF_8), type);
            default -> Json.read(json().toString(), type);
        };
    }

    /** Returns the JSON of the response as the API documents it; a list is an array. */
    public JsonNode json() {
        return switch (response.body()) {
            case Body.Entity entity ->
                Json.tree(entity.value() instanceof PagedList<?> list ? list.items() : entity.value());
            case Body.Cached cached -> Json.parse(cached.content().bytes());
            case Body.Bytes sent -> Json.parse(sent.bytes());
            default -> MissingNode.getInstance();
        };
    }

    /** Returns the cursor of the next page of a list; empty on its last page, and for other results. */
    public Optional<String> nextCursor() {
        return page().flatMap(list -> Optional.ofNullable(list.nextCursor()));
    }

    /** Returns the number of elements of a list; empty if it was not counted. */
    public Optional<Total> total() {
        return page().flatMap(list -> Optional.ofNullable(list.total()));
    }

    private Optional<PagedList<?>> page() {
        if (!(response.body() instanceof Body.Entity entity)) {
            return Optional.empty();
        }
        return switch (entity.value()) {
            case PagedList<?> list -> Optional.of(list);
            case PagedBody body -> Optional.of(body.page());
            default -> Optional.empty();
        };
    }

    /** Returns the entity tag, for a later change that must not overwrite another one; empty if there is none. */
    public String tag() {
        return switch (response.body()) {
            case Body.Cached cached -> cached.content().tagHeader();
            case Body.Entity entity -> '"' + EntityTag.of(entity.value(), Json.bytes(entity.value())) + '"';
            default -> "";
        };
    }
}
