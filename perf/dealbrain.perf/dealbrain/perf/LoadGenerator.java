package dealbrain.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Sends requests over several connections at once, the next on each connection as soon as its response is complete. One
 * thread serves all connections: with a thread for each, the scheduler would dominate the result on two processors.
 */
final class LoadGenerator implements Workload {
    /** Makes the requests of a {@link LoadGenerator}. */
    @FunctionalInterface
    interface Requests {
        /**
         * Returns the next request.
         *
         * @param connection the number of the connection that sends it, counted from 0
         * @param number     of the request, over all connections
         */
        RawRequest next(int connection, int number);
    }

    private final List<InetSocketAddress> servers;
    private final int connections;
    private final Requests requests;

    /** Spreads the connections evenly over {@code servers}, in turn. */
    LoadGenerator(List<ServerProcess> servers, int connections, Requests requests) {
        this.servers = servers.stream().map(ServerProcess::address).toList();
        this.connections = connections;
        this.requests = requests;
    }

    /** @param requests returns the request with a number, counted from 0 */
    LoadGenerator(ServerProcess server, int connections, IntFunction<RawRequest> requests) {
        this(List.of(server), connections, (_, number) -> requests.apply(number));
    }

    LoadGenerator(ServerProcess server, int connections, RawRequest request) {
        this(server, connections, _ -> request);
    }

    /** A connection, and when its current request was sent. */
    private static final class Client {
        private final int number;
        private final HttpConnection connection;
        private long sentAt;

        Client(int number, HttpConnection connection) {
            this.number = number;
            this.connection = connection;
        }
    }

    /**
     * Sends requests for {@code duration}. The first response of each connection is not measured.
     *
     * @throws IOException          a connection failed
     * @throws UncheckedIOException the same, after the first response of the connection
     * @throws IllegalStateException a response had a status of 400 or more
     */
    @Override
    public Latencies run(Duration duration) throws IOException {
        Latencies latencies = new Latencies();
        List<Client> clients = new ArrayList<>();
        ByteBuffer buffer = HttpConnection.newBuffer();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                Client client = new Client(i, new HttpConnection(servers.get(i % servers.size()), buffer));
                clients.add(client);
                client.connection.exchange(requests.next(i, i));
                client.connection.channel().configureBlocking(false);
                client.connection.channel().register(selector, SelectionKey.OP_READ, client);
            }
            long start = System.nanoTime();
            for (Client client : clients) {
                send(client, 0);
            }
            int[] sent = {0};
            while (System.nanoTime() - start < duration.toNanos()) {
                selector.select(key -> receive((Client) key.attachment(), latencies, sent), 1000);
            }
            latencies.setElapsed(System.nanoTime() - start);
        } finally {
            for (Client client : clients) {
                client.connection.close();
            }
        }
        return latencies;
    }

    private void receive(Client client, Latencies latencies, int[] sent) {
        try {
            if (client.connection.receive()) {
                if (client.connection.status() >= 400) {
                    throw new IllegalStateException("the server returned status " + client.connection.status());
                }
                latencies.add(System.nanoTime() - client.sentAt);
                send(client, ++sent[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(Client client, int number) throws IOException {
        client.sentAt = System.nanoTime();
        client.connection.send(requests.next(client.number, number));
    }
}
