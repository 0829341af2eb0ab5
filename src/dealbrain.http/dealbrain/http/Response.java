package dealbrain.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response: status, headers and body. The server adds the headers that every response has. */
public record Response(int status, Map<String, String> headers, Body body) {
    public static final String JSON = "application/json";
    public static final String HTML = "text/html; charset=utf-8";
    static final String PROBLEM = "application/problem+json";

    /** The body of a response. */
    public sealed interface Body {
        /** No body. */
        record Empty() implements Body {}

        /** An object that is sent as JSON; a {@link PagedList} as its array. */
        record Entity(Object value, String mediaType) implements Body {}

        /** Bytes that are sent unchanged. They must not be changed afterwards. */
        @SuppressWarnings("ArrayRecordComponent") // bodies are not compared
        record Bytes(byte[] bytes, String mediaType) implements Body {}

        /** A body that is sent in many responses. */
        record Cached(CachedBody content) implements Body {}

        /** A body that is written piece by piece, without a length and an entity tag. */
        record Stream(Writer writer, String mediaType) implements Body {}
    }

    /** Writes a streamed body. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    public Response {
        headers = Map.copyOf(headers);
    }

    public static Response ok(Object entity) {
        return new Response(200, Map.of(), new Body.Entity(entity, JSON));
    }

    /** Returns 201 with the URI of the created resource. */
    public static Response created(String location, Object entity) {
        return new Response(201, Map.of("Location", location), new Body.Entity(entity, JSON));
    }

    public static Response noContent() {
        return new Response(204, Map.of(), new Body.Empty());
    }

    public static Response cached(CachedBody content) {
        return new Response(200, Map.of(), new Body.Cached(content));
    }

    public static Response text(int status, String mediaType, String text) {
        return bytes(status, mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    static Response bytes(int status, String mediaType, byte[] bytes) {
        return new Response(status, Map.of(), new Body.Bytes(bytes, mediaType));
    }

    /** Returns the same response with another status. */
    public Response withStatus(int other) {
        return new Response(other, headers, body);
    }

    /** Returns the same response with a header added or replaced. */
    public Response with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Response(status, all, body);
    }

    /** Returns the same response with headers added or replaced. */
    Response with(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(others);
        return new Response(status, all, body);
    }

    /** Returns the same response with a request header added to {@code Vary}. */
    Response varyBy(String header) {
        String vary = headers.get("Vary");
        return with("Vary", vary == null ? header : vary + ", " + header);
    }
}
