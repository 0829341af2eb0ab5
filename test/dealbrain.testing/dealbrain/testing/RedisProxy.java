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
 * A TCP proxy in front of a Redis that injects faults: delays, silence, lost connections, wrong replies. It listens on
 * a free port of the loopback interface and opens a connection to the server for each connection that it accepts; if
 * that fails, it closes the client's connection. Each fault affects existing and new connections until {@link
 * #restore}. Thread-safe.
 */
public final class RedisProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final int port = Loopback.freePort();
    private final ProxyFaults faults = new ProxyFaults();
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;

    private RedisProxy(InetSocketAddress server) {
        this.server = server;
    }

    /** Starts a proxy. The server need not run yet. */
    public static RedisProxy to(InetSocketAddress server) {
        RedisProxy proxy = new RedisProxy(server);
        proxy.listen();
        return proxy;
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

    /** Returns the number of open connections. */
    public int connections() {
        return connections.size();
    }

    /** Returns the number of connections accepted since the start. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns the number of commands received since the start, forwarded or not, including handshakes. */
    public long requests() {
        return requests.get();
    }

    /**
     * Returns the number of commands that were received and not yet forwarded. A client may have the reply shortly
     * before this number decreases.
     */
    public int pending() {
        return connections.stream().mapToInt(ProxyConnection::pending).sum();
    }

    /** Delays each reply by {@code delay}, like network latency: replies in flight do not wait for each other. */
    public void delay(Duration delay) {
        faults.setDelay(delay);
    }

    /**
     * Holds all data in both directions until {@link #release}. The server does not notice when a client closes its
     * connection.
     */
    public void hold() {
        faults.hold(true, true);
    }

    /** Holds all data from clients until {@link #release}; replies are still forwarded. */
    public void holdRequests() {
        faults.hold(true, false);
    }

    /** Forwards the held data, also of clients that have disconnected, and stops holding. */
    public void release() {
        faults.hold(false, false);
    }

    /**
     * Replies to each command with {@code reply} and forwards none, for example
     * {@code "-LOADING Redis is loading the dataset in memory\r\n"}.
     */
    public void respondWith(String reply) {
        respondWith(reply.getBytes(StandardCharsets.UTF_8));
    }

    /** Replies with these bytes; an empty array simulates a server that never replies. */
    public void respondWith(byte[] reply) {
        faults.setReply(reply.clone());
    }

    /** Closes all connections, drops the data in flight, and refuses new connections. */
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

    /** Waits until the acceptor has ended, because the port is in use until then. */
    private void stopListening() throws IOException, InterruptedException {
        if (listener != null && acceptor != null) {
            listener.close();
            acceptor.join();
            listener = null;
        }
    }

    /** Closes all connections and drops the data in flight; clients may connect again. */
    public synchronized void disconnect() {
        List.copyOf(connections).forEach(ProxyConnection::close);
    }

    /** Ends all faults: accepts connections and forwards all data without delay. Open connections stay open. */
    public synchronized void restore() {
        faults.setReply(null);
        faults.setDelay(Duration.ZERO);
        faults.hold(false, false);
        if (listener == null) {
            listen();
        }
    }

    private synchronized void listen() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true); // closed connections stay in TIME_WAIT
            opened.bind(address());
            listener = opened;
            acceptor = Thread.ofVirtual().name("redis-proxy").start(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket client = socket.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> connect(socket, client));
            }
        } catch (IOException _) {
            // the listener was closed
        }
    }

    private void connect(ServerSocket acceptedBy, Socket client) {
        Socket toServer = new Socket();
        try {
            client.setTcpNoDelay(true);
            toServer.setTcpNoDelay(true);
            toServer.connect(server);
            if (!admit(acceptedBy, client, toServer)) {
                close(client, toServer);
            }
        } catch (IOException _) {
            close(client, toServer); // the server refused the connection
        }
    }

    /** Starts forwarding, unless {@link #cut} was called after the connection was accepted; then returns false. */
    private synchronized boolean admit(ServerSocket acceptedBy, Socket client, Socket toServer) {
        if (listener != acceptedBy) {
            return false;
        }
        ProxyConnection connection =
                new ProxyConnection(client, toServer, faults, requests::addAndGet, connections::remove);
        connections.add(connection);
        connection.start();
        return true;
    }

    private static void close(Socket client, Socket toServer) {
        try (client;
                toServer) {
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
