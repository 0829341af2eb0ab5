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
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final ByteBuffer buffer;
    private final byte[] head = new byte[MAX_HEAD];
    private int headLength;
    private long bodyLeft = -1;

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
                bodyLeft = status() == 304 || status() == 204 ? 0 : contentLength();
                return;
            }
        }
        if (headLength == MAX_HEAD) {
            throw new IOException("the header of an answer is too large");
        }
    }

    /** Without a text of it: a client that works more for a longer header would take the processor from the server that sent it. */
    private long contentLength() throws IOException {
        for (int at = 0; at < headLength; at++) {
            if (head[at] == '\n' && isContentLength(at + 1)) {
                return number(at + 1 + CONTENT_LENGTH.length);
            }
        }
        throw new IOException("an answer does not tell its length");
    }

    private boolean isContentLength(int at) {
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            if ((head[at + i] | ' ') != CONTENT_LENGTH[i]) {
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

    /** The status of the last answer. */
    int status() {
        return (head[9] - '0') * 100 + (head[10] - '0') * 10 + head[11] - '0';
    }

    /** A header of the last answer; empty when it has none. */
    String header(String name) {
        String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
        int at = text.toLowerCase(Locale.ROOT).indexOf("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
        if (at < 0) {
            return "";
        }
        int from = at + name.length() + 3;
        return text.substring(from, text.indexOf('\r', from)).strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
