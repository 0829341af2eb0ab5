package dealbrain.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Addresses of this machine that servers of tests listen on. */
final class Loopback {
    static final String HOST = "127.0.0.1";

    /**
     * Below the ports that systems give to outgoing connections (Linux from 32768), so that none is taken while its
     * server is down for a moment; and 10000 more is still a port, which Redis Cluster needs.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 30_000;
    private static final int ATTEMPTS = 100;

    private Loopback() {}

    static int freePort() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral(HOST))) {
                return port;
            } catch (IOException _) {
                // somebody has it; another one then
            }
        }
        throw new IllegalStateException(
                "no free port after " + ATTEMPTS + " attempts between " + LOWEST + " and " + HIGHEST);
    }

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
    }
}
