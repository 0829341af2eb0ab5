package dealbrain.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A minimal Redis client (RESP2), so that tests do not depend on the client under test. Not thread-safe. */
public final class RespConnection implements AutoCloseable {
    private final Socket socket = new Socket();
    private final DataInputStream in;

    /** @param timeout for connecting, and for each reply */
    public RespConnection(InetSocketAddress address, Duration timeout) throws IOException {
        try {
            socket.connect(address, (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends a command and waits for its reply.
     *
     * @return the reply as text; {@code (nil)} for null, a line for each element of an array
     * @throws IllegalStateException the reply is an error; the message is its text
     */
    public String call(String... command) throws IOException {
        send(command);
        return receive();
    }

    /** Sends a command without waiting for the reply. */
    public void send(String... command) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String each : command) {
            byte[] argument = each.getBytes(StandardCharsets.UTF_8);
            request.writeBytes(("$" + argument.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(argument);
            request.writeBytes(new byte[] {'\r', '\n'});
        }
        socket.getOutputStream().write(request.toByteArray());
    }

    /** Waits for the next reply. An error within an array is returned as text. */
    public String receive() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '-' -> throw new IllegalStateException(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default -> throw new IOException("not a RESP2 reply: " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "(nil)";
        }
        byte[] bytes = in.readNBytes(length);
        in.skipNBytes(2); // CR LF
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String array(int length) throws IOException {
        if (length < 0) {
            return "(nil)";
        }
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            try {
                elements.add(receive());
            } catch (IllegalStateException e) {
                elements.add(String.valueOf(e.getMessage()));
            }
        }
        return String.join("\n", elements);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException("connection closed after \"" + line + "\"");
            }
            line.write(each);
        }
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        if (text.isEmpty()) {
            throw new IOException("an empty line is not a RESP2 reply");
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
