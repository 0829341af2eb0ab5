package dealbrain.perf;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Asks Redis without any library of the program's, in the little of its protocol (RESP2) that a check needs. */
final class RedisConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RedisConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** One command; an integer or a text comes back as it is, of an array its last text. */
    String ask(String... command) throws IOException {
        StringBuilder text = new StringBuilder("*" + command.length + "\r\n");
        for (String each : command) {
            text.append('$')
                    .append(each.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(each)
                    .append("\r\n");
        }
        socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    private String reply() throws IOException {
        String line = line();
        int length = line.length() > 1 && line.charAt(0) != '+' && line.charAt(0) != '-'
                ? Integer.parseInt(line.substring(1))
                : 0;
        return switch (line.charAt(0)) {
            case '$' -> length < 0 ? "" : new String(in.readNBytes(length + 2), 0, length, StandardCharsets.UTF_8);
            case '*' -> array(length);
            case '-' -> throw new IOException("Redis says " + line);
            default -> line.substring(1);
        };
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

    /** A key that matches, which may still be on its way: waits for a second at most. Empty for none. */
    String awaitKey(String pattern) throws IOException {
        String key = ask("KEYS", pattern);
        for (int i = 0; i < 100 && key.isEmpty(); i++) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                throw new IOException("told to stop", e);
            }
            key = ask("KEYS", pattern);
        }
        return key;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
