package dealbrain.json;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * The bytes of one body while it is written, with the positions of its {@link SharedValue}s. Not thread-safe.
 *
 * <p>When a shared value is written for the first time, the range of its bytes is recorded. When the same object occurs
 * again, the bytes of the range are appended once more, instead of serializing the object.
 *
 * <p>Buffers are pooled, because growing a new array for each page takes as long as writing the page. Large ones are
 * not kept, so that the pool is bounded to 16 arrays of 2 MiB.
 */
final class JsonBuffer extends OutputStream {
    private static final int INITIAL_SIZE = 16 * 1024;
    private static final int MAX_POOLED_SIZE = 2 << 20;
    private static final Queue<JsonBuffer> POOL = new ArrayBlockingQueue<>(16);

    /** By identity: equal values that are different objects are serialized one by one. */
    private final IdentityHashMap<Object, Range> ranges = new IdentityHashMap<>();

    private byte[] bytes = new byte[INITIAL_SIZE];
    private int size;

    private record Range(int from, int to) {}

    private JsonBuffer() {}

    /** Returns an empty buffer, which must be closed and not used afterwards. */
    static JsonBuffer acquire() {
        JsonBuffer pooled = POOL.poll();
        return pooled == null ? new JsonBuffer() : pooled;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /**
     * Records that the bytes from {@code from} to the end are the JSON of a value. The generator may have written a
     * colon or comma before the object, which does not belong to it.
     */
    void record(Object value, int from) {
        ranges.put(value, new Range(bytes[from] == '{' ? from : from + 1, size));
    }

    boolean contains(Object value) {
        return ranges.containsKey(value);
    }

    /** Appends the recorded bytes of a value again, which the buffer must contain. */
    void append(Object value) {
        Range range = ranges.get(value);
        if (range == null) {
            throw new IllegalStateException("value was not written before");
        }
        write(bytes, range.from, range.to - range.from);
    }

    @Override
    public void write(int b) {
        ensureCapacity(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        ensureCapacity(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    private void ensureCapacity(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /** Returns the buffer to the pool. Called by the owner: the generator is configured not to close its target. */
    @Override
    public void close() {
        ranges.clear();
        size = 0;
        if (bytes.length <= MAX_POOLED_SIZE) {
            POOL.offer(this);
        }
    }
}
