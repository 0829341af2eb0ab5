package dealbrain.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A way to a Redis that can be slow, silent, cut, or give wrong answers. It listens on a free port of loopback and makes
 * a connection to the server for each that it takes; when it gets none, it closes the client's. Each fault holds for the
 * connections that exist and those to come, until {@link #mend}. Threads may share it.
 */
public final class Forwarder implements AutoCloseable {
    private final InetSocketAddress server;
    private final int port = Loopback.freePort();
    private final Faults faults = new Faults();
    private final Set<ForwardedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private @Nullable ServerSocket listener;
    private @Nullable Thread accepting;

    private Forwarder(InetSocketAddress server) {
        this.server = server;
    }

    /** The server need not run yet. */
    public static Forwarder to(InetSocketAddress server) {
        Forwarder forwarder = new Forwarder(server);
        forwarder.listen();
        return forwarder;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://" + Loopback.HOST + ":" + port;
    }

    public InetSocketAddress address() {
        return Loopback.at(port);
    }

    /** How many connections there are. */
    public int connections() {
        return connections.size();
    }

    /** How many connections were taken since the start. */
    public int accepted() {
        return accepted.get();
    }

    /** How many commands clients have sent since the start, forwarded or not, with those of their handshakes. */
    public long requests() {
        return requests.get();
    }

    /** How many commands are here and have not been passed on; an answer may be there before they are counted as passed. */
    public int waiting() {
        return connections.stream().mapToInt(ForwardedConnection::waiting).sum();
    }

    /** Lets each answer arrive so much later, as on a long way: many under way do not wait for each other. */
    public void delay(Duration delay) {
        faults.delay(delay);
    }

    /** Passes nothing on in either direction, and keeps it. A client that closes its connection goes unnoticed by the server. */
    public void hold() {
        faults.hold(true, true);
    }

    /** Keeps what clients send from now on. What the server sends goes on. */
    public void holdRequests() {
        faults.hold(true, false);
    }

    /** Passes on what was held, also of clients that have left since, and holds nothing any more. */
    public void release() {
        faults.hold(false, false);
    }

    /** Answers each command with this text and forwards none: {@code "-LOADING Redis is loading the dataset in memory\r\n"}. */
    public void respondWith(String answer) {
        respondWith(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** As above, with any bytes; none at all is a server that never answers. */
    public void respondWith(byte[] answer) {
        faults.answer(answer.clone());
    }

    /** Closes all connections, drops what is under way, and refuses new ones. */
    public synchronized void cut() {
        try {
            stopListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        disconnect();
    }

    /** Only when the thread that accepts has ended is the port free for {@link #mend}. */
    private void stopListening() throws IOException, InterruptedException {
        if (listener != null && accepting != null) {
            listener.close();
            accepting.join();
            listener = null;
        }
    }

    /** Closes all connections and drops what is under way; clients may connect again. */
    public synchronized void disconnect() {
        List.copyOf(connections).forEach(ForwardedConnection::close);
    }

    /** Ends every fault: takes connections, holds nothing, forwards without delay. Connections that exist remain. */
    public synchronized void mend() {
        faults.answer(null);
        faults.delay(Duration.ZERO);
        faults.hold(false, false);
        if (listener == null) {
            listen();
        }
    }

    private synchronized void listen() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true); // connections that were cut linger
            opened.bind(address());
            listener = opened;
            accepting = Thread.ofVirtual().name("forwarder").start(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket client = from.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> connect(from, client));
            }
        } catch (IOException _) {
            // cut
        }
    }

    private void connect(ServerSocket from, Socket client) {
        Socket other = new Socket();
        try {
            client.setTcpNoDelay(true);
            other.setTcpNoDelay(true);
            other.connect(server);
            if (!admit(from, client, other)) {
                close(client, other);
            }
        } catch (IOException _) {
            close(client, other); // the server takes no connections, so we have none to give
        }
    }

    /** False when the way was cut meanwhile. */
    private synchronized boolean admit(ServerSocket from, Socket client, Socket other) {
        if (listener != from) {
            return false;
        }
        ForwardedConnection connection =
                new ForwardedConnection(client, other, faults, requests::addAndGet, connections::remove);
        connections.add(connection);
        connection.start();
        return true;
    }

    private static void close(Socket client, Socket other) {
        try (client;
                other) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
