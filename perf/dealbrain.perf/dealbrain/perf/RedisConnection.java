package dealbrain.perf;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A minimal Redis client (RESP2) without the application's library, so that a check does not depend on it. */
final class RedisConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RedisConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a command and returns its reply as text; of an array, the last element; for null, an empty text. */
    String call(String... command) throws IOException {
        StringBuilder text = new StringBuilder("*" + command.length + "\r\n");
        for (String argument : command) {
            text.append('$')
                    .append(argument.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(argument)
                    .append("\r\n");
        }
        socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    private String reply() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            case '-' -> throw new IOException("Redis returned an error: " + rest);
            default -> rest;
        };
    }

    private String bulk(int length) throws IOException {
        return length < 0 ? "" : new String(in.readNBytes(length + 2), 0, length, StandardCharsets.UTF_8);
    }

    private String array(int length) throws IOException {
        String last = "";
        for (int i = 0; i < length; i++) {
            last = reply();
        }
        return last;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("Redis closed the connection");
            }
            line.append(c == '\r' ? "" : Character.toString(c));
        }
        return line.toString();
    }

    /** Waits up to a second for a key that matches {@code pattern}. Returns it, or an empty text. */
    String awaitKey(String pattern) throws IOException {
        String key = call("KEYS", pattern);
        for (int i = 0; i < 100 && key.isEmpty(); i++) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            key = call("KEYS", pattern);
        }
        return key;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
