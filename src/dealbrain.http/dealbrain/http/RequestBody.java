package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import dealbrain.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The body of a request on its way in; can be read once. Holds its share of the memory for bodies until it is closed. */
final class RequestBody implements AutoCloseable {
    private final InputStream in;
    private final RequestHeaders header;
    private final BodyMemoryBudget.Share memory;

    RequestBody(InputStream in, RequestHeaders header, BodyMemoryBudget.Share memory) {
        this.in = in;
        this.header = header;
        this.memory = memory;
    }

    boolean exists() {
        return header.isChunked() || length() > 0;
    }

    /** The declared length; 0 without one. */
    private long length() {
        String length = header.field("Content-Length");
        return length == null ? 0 : Long.parseLong(length);
    }

    /**
     * Reads it whole and parses it.
     *
     * @throws ProblemException too large, malformed, or unavailable where there is no memory for it
     */
    JsonNode json(int limit) {
        if (length() > limit) {
            throw tooLarge(limit);
        }
        memory.awaitRead(header.isChunked() ? limit : (int) length());
        byte[] bytes = readUpTo(limit + 1);
        if (bytes.length > limit) {
            throw tooLarge(limit);
        }
        memory.awaitParsed(bytes.length);
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
                | IndexOutOfBoundsException _) { // the latter for the length of a chunk that overflows an int
            throw new ProblemException(
                    ProblemType.MALFORMED,
                    "the body ended too early, took too long or is not made of valid chunks",
                    Map.of("Connection", "close"));
        }
    }

    private static ProblemException tooLarge(int limit) {
        return new ProblemException(ProblemType.TOO_LARGE, "the body must not be larger than " + limit + " bytes");
    }

    /** Where there is none, its end is read: the JDK's server would look for it with an array of 2 KB, a quarter of a small answer's garbage. */
    @Override
    public void close() throws IOException {
        memory.close();
        if (!exists()) {
            int end = in.read();
            assert end == -1;
        }
    }
}
