package dealbrain.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dealbrain.http.Response.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Puts an answer on the wire: JSON, entity tag, 304, compression, length, HEAD. */
final class ResponseWriter {
    private static final int SMALLEST_TO_COMPRESS = 1024;

    void write(HttpExchange exchange, Request request, Response response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("X-Request-Id", request.id());
        headers.set("X-Content-Type-Options", "nosniff");
        response.headers().forEach(headers::set);
        switch (response.body()) {
            case Body.Empty _ -> send(exchange, response.status(), null);
            case Body.Bytes body -> sendTagged(exchange, request, response, body.bytes(), body.bytes(), body.mediaType());
            case Body.Entity body -> sendTagged(exchange, request, response, body.value(), json(request, body.value(), headers), body.mediaType());
            case Body.Stream body -> stream(exchange, request, response.status(), body);
        }
    }

    private static byte[] json(Request request, Object value, Headers headers) {
        Object body = value;
        if (value instanceof Paged<?> paged) {
            PageLinks.of(request, paged).ifPresent(links -> headers.set("Link", links));
            headers.set("X-Total-Count", Long.toString(paged.total()));
            body = paged.items();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        Json.write(body, bytes);
        return bytes.toByteArray();
    }

    private void sendTagged(HttpExchange exchange, Request request, Response response, Object tagged, byte[] bytes, String mediaType)
            throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", mediaType);
        headers.putIfAbsent("Cache-Control", java.util.List.of("private, no-cache"));
        byte[] sent = bytes;
        if (response.status() < 300) {
            String tag = headers.containsKey("ETag") ? headers.getFirst("ETag").replace("\"", "") : EntityTag.of(tagged, bytes);
            boolean compress = compressible(bytes, mediaType);
            if (compress) {
                headers.add("Vary", "Accept-Encoding");
            }
            boolean gzip = compress && request.header("Accept-Encoding").map(Accept::allowsGzip).orElse(false);
            headers.set("ETag", '"' + (gzip ? EntityTag.gzip(tag) : tag) + '"');
            if (response.status() == 200 && reads(request) && request.header("If-None-Match").filter(it -> EntityTag.matches(it, tag)).isPresent()) {
                headers.remove("Content-Type");
                send(exchange, 304, null);
                return;
            }
            if (gzip) {
                headers.set("Content-Encoding", "gzip");
                sent = gzip(bytes);
            }
        }
        send(exchange, response.status(), sent);
    }

    private static boolean reads(Request request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static boolean compressible(byte[] bytes, String mediaType) {
        return bytes.length >= SMALLEST_TO_COMPRESS && !mediaType.startsWith("image/png");
    }

    /** Level 1: on the fly, compressing costs more than making the body (docs/decisions). */
    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new FastGzip(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** One array and one write: in pieces the JDK's server sends several times slower. */
    private static void send(HttpExchange exchange, int status, byte @org.jspecify.annotations.Nullable [] bytes) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD") && bytes != null) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
        } else if (bytes == null || bytes.length == 0) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void stream(HttpExchange exchange, Request request, int status, Body.Stream body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", body.mediaType());
        if (request.method().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            body.writer().writeTo(out);
        }
    }

    static Response problem(Request request, ProblemException e) {
        Problem problem = new Problem(e.type().uri(), e.type().title(), e.type().status(), String.valueOf(e.getMessage()), request.rawPath(),
                e.type().code(), request.id(), e.mistakes().isEmpty() ? null : e.mistakes());
        Map<String, String> headers = new java.util.HashMap<>(e.headers());
        headers.put("Cache-Control", "no-store");
        return new Response(problem.status(), headers, new Body.Entity(problem, "application/problem+json"));
    }
}
