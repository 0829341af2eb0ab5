package dealbrain.perf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP proxy in front of PostgreSQL that delays what a client sends. A statement is sent at once, so each one takes
 * longer by the delay.
 */
final class DelayingProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;

    private DelayingProxy(String host, int port) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
    }

    /** Starts a proxy without a delay. */
    static DelayingProxy start(String host, int port) throws IOException {
        DelayingProxy proxy = new DelayingProxy(host, port);
        Thread.ofVirtual().name("delaying-proxy").start(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Sets the delay, also of connections that are open. */
    void setDelay(Duration delay) {
        this.delay = delay;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = open(listener.accept());
                Socket server = open(new Socket(host, port));
                Thread.startVirtualThread(() -> copy(client, server, true));
                Thread.startVirtualThread(() -> copy(server, client, false));
            } catch (IOException _) {
                // The proxy was closed, or the server refused the connection: its client sees that by itself.
            }
        }
    }

    private Socket open(Socket socket) throws IOException {
        sockets.add(socket);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private void copy(Socket from, Socket to, boolean delayed) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (delayed) {
                    Thread.sleep(delay);
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException | InterruptedException _) {
            // One side closed the connection: the other one is closed as well.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
