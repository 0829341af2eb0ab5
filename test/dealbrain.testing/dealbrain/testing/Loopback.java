package dealbrain.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Addresses of the loopback interface for servers of tests. */
final class Loopback {
    static final String HOST = "127.0.0.1";

    /**
     * The range is below the ports of outgoing connections (on Linux from 32768), so that no client takes a port while
     * its server restarts. Adding 10000 still gives a valid port, as Redis Cluster requires.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 30_000;
    private static final int ATTEMPTS = 100;

    private Loopback() {}

    /** Returns a random port that is free now. */
    static int freePort() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral(HOST))) {
                return port;
            } catch (IOException _) {
                // in use; try another one
            }
        }
        throw new IllegalStateException(
                "no free port after " + ATTEMPTS + " attempts between " + LOWEST + " and " + HIGHEST);
    }

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
    }
}
