package dealbrain.perf;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A kept-alive connection that sends one request at a time and passes over the bodies of the answers. Belongs to one thread. */
final class Connection implements AutoCloseable {
    private static final int MAX_HEAD = 16 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer buffer;
    private final byte[] head = new byte[MAX_HEAD];
    private int headLength;
    private long bodyLeft = -1;
    private String lastHead = "";

    Connection(InetSocketAddress address, ByteBuffer shared) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        buffer = shared;
    }

    Connection(InetSocketAddress address) throws IOException {
        this(address, ByteBuffer.allocateDirect(256 * 1024));
    }

    SocketChannel channel() {
        return channel;
    }

    void send(Http request) throws IOException {
        headLength = 0;
        bodyLeft = -1;
        ByteBuffer bytes = ByteBuffer.wrap(request.bytes());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Sends and waits for the whole answer, on a channel that blocks. Returns the nanoseconds that took. */
    long exchange(Http request) throws IOException {
        long start = System.nanoTime();
        send(request);
        while (!receive()) {
            Thread.onSpinWait();
        }
        return System.nanoTime() - start;
    }

    /** Takes in what has come; true when the answer is complete. */
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
        while (buffer.hasRemaining() && headLength < MAX_HEAD) {
            byte next = buffer.get();
            head[headLength++] = next;
            if (next == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
                lastHead = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
                bodyLeft = status() == 304 || status() == 204 ? 0 : Long.parseLong(header("Content-Length"));
                return;
            }
        }
        if (headLength == MAX_HEAD) {
            throw new IOException("the header of an answer is too large");
        }
    }

    /** The status of the last answer. */
    int status() {
        return Integer.parseInt(lastHead.substring(9, 12));
    }

    /** A header of the last answer; empty when it has none. */
    String header(String name) {
        int at = lastHead.toLowerCase(Locale.ROOT).indexOf("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
        if (at < 0) {
            return "";
        }
        int from = at + name.length() + 3;
        return lastHead.substring(from, lastHead.indexOf('\r', from)).strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
