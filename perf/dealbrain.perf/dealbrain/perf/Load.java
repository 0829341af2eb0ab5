package dealbrain.perf;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Asks a server over some connections at once, each again as soon as it is answered, all from one thread: on two cores a thread
 * for each would measure the scheduler.
 */
final class Load {
    private final InetSocketAddress server;
    private final int connections;
    private final IntFunction<Http> requests;

    /** @param requests what to ask, by the number of the request from 0 */
    Load(InetSocketAddress server, int connections, IntFunction<Http> requests) {
        this.server = server;
        this.connections = connections;
        this.requests = requests;
    }

    Load(InetSocketAddress server, int connections, Http request) {
        this(server, connections, _ -> request);
    }

    /** One connection that waits for its channel, and when it asked. */
    private static final class Client {
        private final Connection connection;
        private long askedAt;

        Client(Connection connection) {
            this.connection = connection;
        }
    }

    /**
     * Asks for so long; the latencies begin after the first answer of each connection.
     *
     * @throws IOException also for an answer that is no success
     */
    Latencies run(Duration duration) throws IOException {
        Latencies latencies = new Latencies();
        List<Client> clients = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                Client client = new Client(new Connection(server, buffer));
                clients.add(client);
                client.connection.exchange(requests.apply(i));
                client.connection.channel().configureBlocking(false);
                client.connection.channel().register(selector, SelectionKey.OP_READ, client);
            }
            long start = System.nanoTime();
            for (Client client : clients) {
                ask(client, 0);
            }
            int[] asked = {0};
            while (System.nanoTime() - start < duration.toNanos()) {
                selector.select(key -> answered((Client) key.attachment(), latencies, asked), 1000);
            }
            latencies.took(System.nanoTime() - start);
        } finally {
            for (Client client : clients) {
                client.connection.close();
            }
        }
        return latencies;
    }

    private void answered(Client client, Latencies latencies, int[] asked) {
        try {
            if (client.connection.receive()) {
                if (client.connection.status() >= 400) {
                    throw new IllegalStateException("the server answered " + client.connection.status());
                }
                latencies.add(System.nanoTime() - client.askedAt);
                ask(client, ++asked[0]);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void ask(Client client, int number) throws IOException {
        client.askedAt = System.nanoTime();
        client.connection.send(requests.apply(number));
    }
}
