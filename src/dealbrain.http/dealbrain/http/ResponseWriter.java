package dealbrain.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dealbrain.http.Response.Body;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Puts an answer on the wire: entity tag, 304, compression, length, HEAD. */
final class ResponseWriter {
    private static final int SMALLEST_TO_COMPRESS = 1024;

    private final HttpExchange exchange;
    private final Request request;
    private final Headers headers;

    ResponseWriter(HttpExchange exchange, Request request) {
        this.exchange = exchange;
        this.request = request;
        this.headers = exchange.getResponseHeaders();
    }

    void write(Response answer) throws IOException {
        Response response = ResponseRenderer.render(request, answer);
        headers.set("X-Request-Id", request.id());
        headers.set("X-Content-Type-Options", "nosniff");
        if (request.header("Transfer-Encoding").isPresent()) {
            headers.set(
                    "Connection",
                    "close"); // the JDK's server reads the size of a chunk modulo 2^32: what follows may be no request
        }
        response.headers().forEach(headers::set);
        switch (response.body()) {
            case Body.Empty _ -> send(response.status(), null);
            case Body.Bytes body -> write(response.status(), body);
            case Body.Cached body -> write(response.status(), body.kept());
            case Body.Stream body -> write(response.status(), body);
            case Body.Entity _ -> throw new IllegalStateException("an object is rendered before it is written");
        }
    }

    private void write(int status, Body.Bytes body) throws IOException {
        boolean gzip = describe(status, body.mediaType(), body.bytes().length);
        if (status >= 300) {
            send(status, body.bytes());
            return;
        }
        String own = headers.getFirst("ETag");
        String tag = own == null ? EntityTag.of(body, body.bytes()) : own.replace("\"", "");
        headers.set("ETag", '"' + (gzip ? EntityTag.gzip(tag) : tag) + '"');
        if (status == 200 && isKnown(tag)) {
            sendNotModified();
        } else {
            send(status, gzip ? gzip(body.bytes()) : body.bytes());
        }
    }

    private void write(int status, CachedBody kept) throws IOException {
        boolean gzip = describe(status, kept.mediaType(), kept.bytes().length);
        headers.set("ETag", kept.tagHeader(gzip));
        if (isKnown(kept.tag())) {
            sendNotModified();
        } else {
            send(status, gzip ? kept.gzip() : kept.bytes());
        }
    }

    /** Whether the client has what the tag stands for. */
    private boolean isKnown(String tag) {
        return reads()
                && request.header("If-None-Match")
                        .filter(it -> EntityTag.matches(it, tag))
                        .isPresent();
    }

    private void sendNotModified() throws IOException {
        headers.remove("Content-Type");
        headers.remove("Content-Encoding");
        send(304, null);
    }

    /** Writes a body of unknown length; one that breaks off is cut off, as what was sent must not look like the whole. */
    private void write(int status, Body.Stream body) throws IOException {
        boolean gzip = describe(status, body.mediaType(), Integer.MAX_VALUE);
        if (request.method().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, 0);
        OutputStream out = exchange.getResponseBody();
        try (OutputStream sent = gzip ? new FastGzip(new Open(out)) : new Open(out)) {
            body.writer().writeTo(sent);
        }
        out.close(); // which writes the mark of the body's end: not after a failure
    }

    /** Sets the headers that say what the body is, and decides whether it is compressed. */
    private boolean describe(int status, String mediaType, int length) {
        headers.set("Content-Type", mediaType);
        if (!headers.containsKey("Cache-Control")) {
            headers.set("Cache-Control", "private, no-cache");
        }
        if (status >= 300 || mediaType.startsWith("image/")) {
            return false;
        }
        headers.add("Vary", "Accept-Encoding");
        boolean gzip = length >= SMALLEST_TO_COMPRESS
                && request.header("Accept-Encoding").filter(Accept::prefersGzip).isPresent();
        if (gzip) {
            headers.set("Content-Encoding", "gzip");
        }
        return gzip;
    }

    private boolean reads() {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new FastGzip(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Sends one array by one write: in pieces the JDK's server sends several times slower. It is flushed before the
     * exchange is closed, as closing first reads the rest of a request's body, and the client may be waiting for us.
     */
    private void send(int status, byte @Nullable [] bytes) throws IOException {
        int length = bytes == null ? 0 : bytes.length;
        if (request.method().equals("HEAD") && status != 204 && status != 304) {
            headers.set("Content-Length", Integer.toString(length));
        }
        if (bytes == null || length == 0 || request.method().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, length);
            OutputStream out = exchange.getResponseBody();
            out.write(bytes);
            out.flush();
        }
    }

    /** Level 1: on the fly, compressing costs more than making the body. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Stays open when the writer of a stream closes it: only we know whether all was written. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
