package dealbrain.json;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one JSON text while it is made, with where the values stand in them that may come again. The array is taken up
 * again by later texts: growing one for each page costs as much as writing the page. Belongs to one thread.
 */
final class JsonBuffer extends OutputStream {
    private static final int SMALLEST = 16 * 1024;
    private static final int LARGEST_KEPT = 2 << 20;
    private static final Queue<JsonBuffer> FREE = new ArrayBlockingQueue<>(16);

    private final IdentityHashMap<Object, Range> ranges = new IdentityHashMap<>();
    private byte[] bytes = new byte[SMALLEST];
    private int size;

    private record Range(int from, int to) {}

    private JsonBuffer() {}

    /** An empty one; to be closed, and not used any more then. */
    static JsonBuffer take() {
        JsonBuffer free = FREE.poll();
        return free == null ? new JsonBuffer() : free;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Notes that the value was written from here to the end. What the generator put before it, a colon or a comma, is not of it. */
    void remember(Object value, int from) {
        ranges.put(value, new Range(bytes[from] == '{' ? from : from + 1, size));
    }

    /** Writes a value again; false when it was not written yet. */
    boolean repeat(Object value) {
        @Nullable Range range = ranges.get(value);
        if (range == null) {
            return false;
        }
        write(bytes, range.from, range.to - range.from);
        return true;
    }

    boolean knows(Object value) {
        return ranges.containsKey(value);
    }

    @Override
    public void write(int b) {
        grow(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        grow(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    private void grow(int by) {
        if (size + by > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + by));
        }
    }

    /** Not by the generator, which is told to leave it open, but by who took it. */
    @Override
    public void close() {
        ranges.clear();
        size = 0;
        if (bytes.length <= LARGEST_KEPT) {
            FREE.offer(this);
        }
    }
}
