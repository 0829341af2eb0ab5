package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import dealbrain.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The body of a request, which can be read once. Holds memory of the {@link BodyMemoryBudget} until it is closed. */
final class RequestBody implements AutoCloseable {
    private final InputStream in;
    private final RequestHeaders headers;
    private final BodyMemoryBudget.Reservation memory;

    RequestBody(InputStream in, RequestHeaders headers, BodyMemoryBudget.Reservation memory) {
        this.in = in;
        this.headers = headers;
        this.memory = memory;
    }

    boolean exists() {
        return headers.isChunked() || contentLength() > 0;
    }

    /** Returns the declared length; 0 if there is none. */
    private long contentLength() {
        String length = headers.get("Content-Length");
        return length == null ? 0 : Long.parseLong(length);
    }

    /**
     * Reads and parses the whole body.
     *
     * @throws ProblemException too large, malformed, or unavailable if there is not enough memory
     */
    JsonNode json(int maxBytes) {
        if (contentLength() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        memory.reserveForReading(headers.isChunked() ? maxBytes : (int) contentLength());
        byte[] bytes = readUpTo(maxBytes + 1); // one more, to detect a longer body in chunks
        if (bytes.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        memory.reserveForParsing(bytes.length);
        try {
            return Json.parse(bytes);
        } catch (MalformedJsonException e) {
            throw ProblemException.malformed(String.valueOf(e.getMessage()));
        }
    }

    private byte[] readUpTo(int length) {
        try {
            return in.readNBytes(length);
        } catch (IOException
                | IndexOutOfBoundsException _) { // the JDK throws the latter if the size of a chunk overflows
            throw new ProblemException(
                    ProblemType.MALFORMED,
                    "the body is incomplete, was sent too slowly or has invalid chunks",
                    Map.of("Connection", "close"));
        }
    }

    private static ProblemException tooLarge(int maxBytes) {
        return new ProblemException(ProblemType.TOO_LARGE, "the body must not be larger than " + maxBytes + " bytes");
    }

    /**
     * Releases the memory. If there is no body, reads the end of the stream: otherwise the server of the JDK drains it
     * with a buffer of 2 KB, which is a quarter of the garbage of a small response.
     */
    @Override
    public void close() throws IOException {
        memory.close();
        if (!exists()) {
            int end = in.read();
            assert end == -1;
        }
    }
}
