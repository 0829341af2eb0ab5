package dealbrain.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dealbrain.http.Response.Body;
import dealbrain.waterfall.StepKind;
import dealbrain.waterfall.Waterfall;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one response to its exchange. The steps for a successful body of known length:
 *
 * <ol>
 *   <li>Set the headers of the handler and those that every response has.
 *   <li>Choose the encoding: gzip if the client prefers it and the body is worth it.
 *   <li>Set the entity tag, which differs by encoding (RFC 9110, section 8.8.3.3).
 *   <li>If the client sent the same tag in {@code If-None-Match}, in either encoding, send 304 without a body.
 *   <li>Otherwise compress, and send status, length and body. HEAD has the same headers, without the body.
 * </ol>
 *
 * Errors skip steps 2 to 4. Streams have no tag, and are sent in chunks.
 */
final class ResponseWriter {
    private static final int MIN_BYTES_TO_COMPRESS = 1024;

    private final HttpExchange exchange;
    private final Request request;
    private final Headers headers;

    ResponseWriter(HttpExchange exchange, Request request) {
        this.exchange = exchange;
        this.request = request;
        this.headers = exchange.getResponseHeaders();
    }

    void write(Response response) throws IOException {
        Response rendered = ResponseRenderer.render(request, response);
        headers.set("X-Request-Id", request.id());
        headers.set("X-Content-Type-Options", "nosniff");
        if (request.header("Transfer-Encoding").isPresent()) {
            // the server of the JDK reads the size of a chunk modulo 2^32, so the next bytes may not be a request
            headers.set("Connection", "close");
        }
        rendered.headers().forEach(headers::set);
        headers.computeIfPresent(
                "Location", (_, each) -> List.of(request.publicUrl().location(each.getFirst())));
        switch (rendered.body()) {
            case Body.Empty _ -> send(rendered.status(), null);
            case Body.Bytes body -> write(rendered.status(), body);
            case Body.Cached body -> write(rendered.status(), body.content());
            case Body.Stream body -> write(rendered.status(), body);
            case Body.Entity _ -> throw new IllegalStateException("entity was not rendered");
        }
    }

    private void write(int status, Body.Bytes body) throws IOException {
        boolean compressed = setContentHeaders(status, body.mediaType(), body.bytes().length);
        if (status >= 300) {
            send(status, body.bytes());
            return;
        }
        String tagOfEntity = headers.getFirst("ETag");
        String tag = tagOfEntity == null ? EntityTag.of(body, body.bytes()) : tagOfEntity.replace("\"", "");
        headers.set("ETag", '"' + (compressed ? EntityTag.gzip(tag) : tag) + '"');
        if (status == 200 && clientHas(tag)) {
            sendNotModified();
        } else {
            send(status, compressed ? gzip(body.bytes()) : body.bytes());
        }
    }

    private void write(int status, CachedBody body) throws IOException {
        boolean compressed = setContentHeaders(status, body.mediaType(), body.bytes().length);
        headers.set("ETag", body.tagHeader(compressed));
        if (clientHas(body.tag())) {
            sendNotModified();
        } else {
            send(status, compressed ? body.gzip() : body.bytes());
        }
    }

    /**
     * Writes a body of unknown length in chunks. If the writer fails, the last chunk is not sent, so that the client
     * does not take the part for the whole.
     */
    private void write(int status, Body.Stream body) throws IOException {
        boolean compressed = setContentHeaders(status, body.mediaType(), Integer.MAX_VALUE);
        if (request.method().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, 0);
        OutputStream out = exchange.getResponseBody();
        try (OutputStream content = compressed ? new FastGzip(new Uncloseable(out)) : new Uncloseable(out)) {
            body.writer().writeTo(content);
        }
        out.close(); // sends the last chunk; not reached after a failure
    }

    /** Sets the headers that describe the body. Returns whether it is to be compressed. */
    private boolean setContentHeaders(int status, String mediaType, int length) {
        headers.set("Content-Type", mediaType);
        if (!headers.containsKey("Cache-Control")) {
            headers.set("Cache-Control", "private, no-cache");
        }
        if (status >= 300 || mediaType.startsWith("image/")) {
            return false;
        }
        // also on uncompressed responses: a cache must not return them to clients that prefer gzip, or the reverse
        headers.add("Vary", "Accept-Encoding");
        boolean compressed = length >= MIN_BYTES_TO_COMPRESS
                && request.header("Accept-Encoding")
                        .filter(ContentNegotiation::prefersGzip)
                        .isPresent();
        if (compressed) {
            headers.set("Content-Encoding", "gzip");
        }
        return compressed;
    }

    private boolean clientHas(String tag) {
        return request.isRead()
                && request.header("If-None-Match")
                        .filter(it -> EntityTag.matches(it, tag))
                        .isPresent();
    }

    private void sendNotModified() throws IOException {
        headers.remove("Content-Type");
        headers.remove("Content-Encoding");
        send(304, null);
    }

    private static byte[] gzip(byte[] bytes) {
        long start = System.nanoTime();
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new FastGzip(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Waterfall.record(StepKind.GZIP, start);
        }
        return out.toByteArray();
    }

    /**
     * Sends status, headers and body. The body is one write, because the server of the JDK sends several small ones
     * several times slower. It is flushed here, because closing the exchange first drains the body of the request. The
     * client may send that only after it has the response.
     */
    private void send(int status, byte @Nullable [] bytes) throws IOException {
        int length = bytes == null ? 0 : bytes.length;
        boolean isHead = request.method().equals("HEAD");
        if (isHead && status != 204 && status != 304) {
            headers.set("Content-Length", Integer.toString(length));
        }
        if (bytes == null || length == 0 || isHead) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        long start = System.nanoTime();
        try {
            exchange.sendResponseHeaders(status, length);
            OutputStream out = exchange.getResponseBody();
            out.write(bytes);
            out.flush();
        } finally {
            Waterfall.record(StepKind.SOCKET, start);
        }
    }

    /** Compresses at the fastest level, because compression takes longer than rendering the body. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /**
     * Records each write as a step of the request. Flushes instead of closing, because closing sends the last chunk,
     * also after a failure.
     */
    private static final class Uncloseable extends FilterOutputStream {
        Uncloseable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            long start = System.nanoTime();
            try {
                out.write(bytes, offset, length);
            } finally {
                Waterfall.record(StepKind.SOCKET, start);
            }
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
