package dealbrain.caching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dealbrain.changes.Snapshot;
import dealbrain.changes.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The form of an entry in Redis: {@code <xmax, 20 digits> <generation>\n}, which the script that stores compares, then the
 * rest as CBOR (RFC 8949), in which bytes stay bytes.
 */
final class Envelope {
    private static final ObjectMapper CBOR = CBORMapper.builder().build();

    private Envelope() {}

    /** All but what the script needs. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(
            String shape, String snapshot, Set<String> tags, long expiresAtMillis, long loadMillis, byte[] value) {}

    /** What cannot be read is not an entry of ours. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(Throwable cause) {
            super(cause);
        }
    }

    /** The number by which the script tells the later of two entries. */
    static String order(Stamp stamp) {
        return String.format("%020d", stamp.snapshot().xmax());
    }

    /** The bytes of a value alone. */
    static byte[] value(Object value) {
        try {
            return CBOR.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "values of this type cannot be kept: " + value.getClass().getName(), e);
        }
    }

    /**
     * The form of an entry.
     *
     * @param value of the entry, as {@link #value} has it
     */
    static byte[] write(Entry<?> entry, byte[] value) {
        byte[] content = value(new Content(
                entry.shape(),
                entry.stamp().snapshot().toString(),
                entry.tags(),
                entry.expiresAtMillis(),
                entry.loadMillis(),
                value));
        byte[] head =
                (order(entry.stamp()) + " " + entry.stamp().generation() + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return all;
    }

    /**
     * Reads an entry; empty when its value has another shape, which is no fault.
     *
     * @throws UnreadableException it is damaged, or none of ours
     */
    static <T> Optional<Entry<T>> read(byte[] bytes, CacheType<T> type) throws UnreadableException {
        try {
            int end = headLength(bytes);
            String generation = new String(bytes, 21, end - 21, StandardCharsets.US_ASCII);
            Content content = CBOR.readValue(bytes, end + 1, bytes.length - end - 1, Content.class);
            if (!content.shape().equals(type.shape())) {
                return Optional.empty();
            }
            T value = CBOR.readValue(content.value(), type.type());
            return Optional.of(new Entry<>(
                    value,
                    type.shape(),
                    new Stamp(generation, Snapshot.parse(content.snapshot())),
                    content.tags(),
                    content.expiresAtMillis(),
                    content.loadMillis(),
                    bytes.length));
        } catch (IOException | RuntimeException e) { // whatever a damaged entry makes the readers throw
            throw new UnreadableException(e);
        }
    }

    private static int headLength(byte[] bytes) throws IOException {
        for (int i = 21; i < Math.min(bytes.length, 200); i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        throw new IOException("no head");
    }
}
