package dealbrain.perf;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A persistent HTTP connection that sends one request at a time and skips the bodies of the responses. Not thread-safe.
 */
final class HttpConnection implements AutoCloseable {
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final ByteBuffer buffer;
    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private int headLength;
    private long bodyLeft = -1; // bytes; -1 while the head is incomplete

    /** @param buffer may be shared by connections that are used by one thread; see {@link #newBuffer} */
    HttpConnection(InetSocketAddress address, ByteBuffer buffer) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.buffer = buffer;
    }

    HttpConnection(InetSocketAddress address) throws IOException {
        this(address, newBuffer());
    }

    static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(BUFFER_BYTES);
    }

    SocketChannel channel() {
        return channel;
    }

    void send(RawRequest request) throws IOException {
        headLength = 0;
        bodyLeft = -1;
        ByteBuffer bytes = ByteBuffer.wrap(request.bytes());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Sends a request and receives the whole response, on a blocking channel. Returns the latency in nanoseconds. */
    long exchange(RawRequest request) throws IOException {
        long start = System.nanoTime();
        send(request);
        while (!receive()) {
            Thread.onSpinWait();
        }
        return System.nanoTime() - start;
    }

    /** Reads the available bytes. Returns whether the response is complete. */
    boolean receive() throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        buffer.flip();
        if (bodyLeft < 0) {
            readHead();
        }
        bodyLeft -= bodyLeft < 0 ? 0 : buffer.remaining();
        return bodyLeft == 0;
    }

    private void readHead() throws IOException {
        while (buffer.hasRemaining() && headLength < MAX_HEAD_BYTES) {
            byte next = buffer.get();
            head[headLength++] = next;
            if (next == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
                bodyLeft = status() == 304 || status() == 204 ? 0 : contentLength();
                return;
            }
        }
        if (headLength == MAX_HEAD_BYTES) {
            throw new IOException("the head of a response is larger than " + MAX_HEAD_BYTES + " bytes");
        }
    }

    /**
     * Parses the bytes without making a text of them. A client that works more for a longer head would take processor
     * time from the server that sends it.
     */
    private long contentLength() throws IOException {
        for (int at = 0; at < headLength; at++) {
            if (head[at] == '\n' && isContentLength(at + 1)) {
                return number(at + 1 + CONTENT_LENGTH.length);
            }
        }
        throw new IOException("a response has no Content-Length");
    }

    private boolean isContentLength(int at) {
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            if ((head[at + i] | ' ') != CONTENT_LENGTH[i]) { // | ' ' makes a letter lower case
                return false;
            }
        }
        return true;
    }

    private long number(int from) {
        long number = 0;
        for (int at = from; head[at] != '\r'; at++) {
            number = head[at] == ' ' ? number : number * 10 + head[at] - '0';
        }
        return number;
    }

    /** Returns the status of the last response. */
    int status() {
        return (head[9] - '0') * 100 + (head[10] - '0') * 10 + head[11] - '0';
    }

    /** Returns a header of the last response, or an empty text if it is missing. */
    String header(String name) {
        String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
        int at = text.toLowerCase(Locale.ROOT).indexOf("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
        if (at < 0) {
            return "";
        }
        int from = at + name.length() + 3;
        return text.substring(from, text.indexOf('\r', from)).strip();
    }

    /** Returns all header fields of the last response. */
    List<HeaderField> fields() {
        return new String(head, 0, headLength, StandardCharsets.ISO_8859_1)
                .lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(HeaderField::parse)
                .toList();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
