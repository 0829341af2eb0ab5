package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.csv.CsvFile;
import dealbrain.csv.MalformedCsvException;
import dealbrain.json.Json;
import dealbrain.json.MalformedJsonException;
import dealbrain.waterfall.StepKind;
import dealbrain.waterfall.Waterfall;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The body of a request, which can be read once. Holds memory of the {@link BodyMemoryBudget} until it is closed. */
final class RequestBody implements AutoCloseable {
    /** More than most bodies have. */
    private static final int FIRST_BUFFER = 2048;

    private final InputStream in;
    private final RequestHeaders headers;
    private final BodyMemoryBudget memory;
    private ParsingBudget.@Nullable Claim parsed;
    private boolean isSmall;

    RequestBody(InputStream in, RequestHeaders headers, BodyMemoryBudget memory) {
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
    JsonNode json(int maxBytes, BodyMemoryBudget.Sender sender) {
        try {
            return parse(maxBytes, sender, Json::parse);
        } catch (MalformedJsonException e) {
            throw ProblemException.malformed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads and parses the whole body, up to one row more than {@code maxRows}.
     *
     * @throws ProblemException as {@link #json}
     */
    CsvFile csv(int maxBytes, int maxRows, BodyMemoryBudget.Sender sender) {
        try {
            return parse(maxBytes, sender, bytes -> CsvFile.read(bytes, maxRows));
        } catch (MalformedCsvException e) {
            throw ProblemException.malformed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads and decodes the whole body as a form.
     *
     * @throws ProblemException as {@link #json}
     */
    Map<String, List<String>> form(int maxBytes, BodyMemoryBudget.Sender sender) {
        Map<String, List<String>> fields = parse(maxBytes, sender, UriDecoder::form);
        bound();
        return fields;
    }

    private <T> T parse(int maxBytes, BodyMemoryBudget.Sender sender, Function<byte[], T> parser) {
        if (contentLength() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try (ReadingBudget.Body reading = memory.read(sender, maxBytes)) {
            byte[] bytes = read(reading, headers.isChunked() ? maxBytes + 1 : (int) contentLength());
            if (bytes.length > maxBytes) {
                throw tooLarge(maxBytes);
            }
            isSmall = bytes.length <= BodyMemoryBudget.MAX_SMALL_BODY;
            parsed = memory.parse(sender, bytes.length, maxBytes);
            return parser.apply(bytes);
        }
    }

    /** @param limit the declared length; for a body in chunks one more than is allowed, to detect a longer one */
    private byte[] read(ReadingBudget.Body reading, int limit) {
        long start = System.nanoTime();
        try {
            byte[] bytes = readUpTo(limit, reading);
            if (!headers.isChunked()) {
                readEnd();
            }
            return bytes;
        } catch (IOException
                | IndexOutOfBoundsException _) { // the JDK throws the latter if the size of a chunk overflows
            throw new ProblemException(
                    ProblemType.MALFORMED,
                    "the body is incomplete, was sent too slowly or has invalid chunks",
                    Map.of("Connection", "close"));
        } finally {
            Waterfall.record(StepKind.REQUEST_BODY, start);
        }
    }

    /** Doubles the buffer as bytes arrive. Its part above a small body is reserved. */
    private byte[] readUpTo(int limit, ReadingBudget.Body reading) throws IOException {
        byte[] buffer = new byte[Math.min(FIRST_BUFFER, limit)];
        int length = 0;
        while (length < limit) {
            if (length == buffer.length) {
                int larger = Math.min(limit, 2 * buffer.length);
                reserve(reading, buffer.length, larger);
                buffer = Arrays.copyOf(buffer, larger);
            }
            int count = reading.read(in, buffer, length);
            if (count == -1) {
                break;
            }
            length += count;
        }
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    private static void reserve(ReadingBudget.Body reading, int before, int after) {
        int bytes = after - Math.max(before, BodyMemoryBudget.MAX_SMALL_BODY);
        if (bytes > 0) {
            reading.grow(bytes);
        }
    }

    private static ProblemException tooLarge(int maxBytes) {
        return new ProblemException(ProblemType.TOO_LARGE, "the body must not be larger than " + maxBytes + " bytes");
    }

    /** Reads the end of a body of known length: otherwise the server of the JDK drains it, with a buffer of 2 KB. */
    private void readEnd() throws IOException {
        int end = in.read();
        assert end == -1;
    }

    /**
     * Called when the values were copied from the parsed body. Those of a small body need little memory, so that a
     * request that waits for something else, such as a password hash, keeps no other body waiting.
     */
    void bound() {
        if (isSmall) {
            release();
        }
    }

    private void release() {
        if (parsed != null) {
            parsed.close();
            parsed = null;
        }
    }

    /** Releases the memory. If there is no body, reads the end of the stream. */
    @Override
    public void close() throws IOException {
        release();
        if (!exists()) {
            readEnd();
        }
    }
}
