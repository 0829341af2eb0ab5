package dealbrain.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer: a status, headers of its own, and a body. The server adds what every answer has.
 */
public record Response(int status, Map<String, String> headers, Body body) {
    public static final String JSON = "application/json";
    public static final String HTML = "text/html; charset=utf-8";

    /** What is sent: nothing, an object as JSON, bytes, a body that is kept, or a stream of unknown length. */
    public sealed interface Body {
        /** No body. */
        record Empty() implements Body {}

        /** An object that is sent as JSON; a {@link PagedList} as its array. */
        record Entity(Object value, String mediaType) implements Body {}

        /** Bytes that are sent as they are; not to be changed afterwards. */
        @SuppressWarnings("ArrayRecordComponent") // nobody compares bodies
        record Bytes(byte[] bytes, String mediaType) implements Body {}

        /** A body that was finished before, and will be sent again. */
        record Cached(CachedBody kept) implements Body {}

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

    /** 201 with the address of what was made. */
    public static Response created(String location, Object entity) {
        return new Response(201, Map.of("Location", location), new Body.Entity(entity, JSON));
    }

    public static Response noContent() {
        return new Response(204, Map.of(), new Body.Empty());
    }

    public static Response cached(CachedBody kept) {
        return new Response(200, Map.of(), new Body.Cached(kept));
    }

    public static Response text(int status, String mediaType, String text) {
        return bytes(status, mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Response bytes(int status, String mediaType, byte[] bytes) {
        return new Response(status, Map.of(), new Body.Bytes(bytes, mediaType));
    }

    /** The same answer with another status. */
    public Response withStatus(int other) {
        return new Response(other, headers, body);
    }

    /** The same answer with one header more, or another value of it. */
    public Response with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Response(status, all, body);
    }

    /** The same answer, which depends on that header of the request too. */
    public Response varyBy(String header) {
        String already = headers.get("Vary");
        return with("Vary", already == null ? header : already + ", " + header);
    }
}
