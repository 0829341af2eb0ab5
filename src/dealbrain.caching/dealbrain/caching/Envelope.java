package dealbrain.caching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dealbrain.changes.Snapshot;
import dealbrain.changes.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The serialized form of an entry in Redis: a header, then the content as CBOR (RFC 8949), which stores byte arrays
 * without encoding them as text. The script of {@link RedisLayer} compares the header {@code <xmax, 20 digits>
 * <generation>\n}.
 */
final class Envelope {
    private static final ObjectMapper CBOR = CBORMapper.builder().build();
    private static final int ORDER_LENGTH = 20;
    private static final int GENERATION_START = ORDER_LENGTH + 1;
    private static final int MAX_HEADER_LENGTH = 200;

    private Envelope() {}

    /** The part after the header. The names of the components are part of the format. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(
            String shape, String snapshot, Set<String> tags, long expiresAtMillis, long loadMillis, byte[] value) {}

    /** The bytes are malformed, or not an entry. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Returns the text by which the script finds the later of two entries of a database: {@code xmax}, in 20 digits.
     */
    static String order(Stamp stamp) {
        return String.format(Locale.ROOT, "%020d", stamp.snapshot().xmax());
    }

    /** Serializes a value without its entry. */
    static byte[] value(Object value) {
        try {
            return CBOR.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "type cannot be cached: " + value.getClass().getName(), e);
        }
    }

    /**
     * Serializes an entry.
     *
     * @param value the value of the entry, serialized by {@link #value}
     */
    static byte[] write(CacheEntry<?> entry, byte[] value) {
        byte[] content = value(new Content(
                entry.shape(),
                entry.stamp().snapshot().toString(),
                entry.tags(),
                entry.expiresAtMillis(),
                entry.loadMillis(),
                value));
        byte[] header =
                (order(entry.stamp()) + " " + entry.stamp().generation() + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(header, header.length + content.length);
        System.arraycopy(content, 0, all, header.length, content.length);
        return all;
    }

    /**
     * Parses an entry. Returns empty if its value has another shape, which happens while two versions share a Redis.
     *
     * @throws UnreadableException malformed, or not an entry
     */
    static <T> Optional<CacheEntry<T>> read(byte[] bytes, CacheType<T> type) throws UnreadableException {
        try {
            int end = generationEnd(bytes);
            String generation = new String(bytes, GENERATION_START, end - GENERATION_START, StandardCharsets.US_ASCII);
            Content content = CBOR.readValue(bytes, end + 1, bytes.length - end - 1, Content.class);
            if (!content.shape().equals(type.shape())) {
                return Optional.empty();
            }
            T value = CBOR.readValue(content.value(), type.type());
            return Optional.of(new CacheEntry<>(
                    value,
                    type.shape(),
                    new Stamp(generation, Snapshot.parse(content.snapshot())),
                    content.tags(),
                    content.expiresAtMillis(),
                    content.loadMillis(),
                    type.sizeOf(value, content.value().length)));
        } catch (IOException | RuntimeException e) { // malformed bytes make Jackson throw various exceptions
            throw new UnreadableException(e);
        }
    }

    private static int generationEnd(byte[] bytes) throws IOException {
        for (int i = GENERATION_START; i < Math.min(bytes.length, MAX_HEADER_LENGTH); i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        throw new IOException("the header does not end within " + MAX_HEADER_LENGTH + " bytes");
    }
}
