package dealbrain.testing;

import java.net.InetSocketAddress;
import org.testcontainers.containers.GenericContainer;

/** The Redis that all classes of a test run share: a Docker container if an engine is available, else a process. */
record SharedRedis(InetSocketAddress address, Runnable stop) implements AutoCloseable {
    private static final String IMAGE = "redis:7";
    private static final int PORT = 6379;

    static SharedRedis start() {
        GenericContainer<?> container = Docker.start(IMAGE, SharedRedis::container);
        if (container != null) {
            return new SharedRedis(
                    new InetSocketAddress(container.getHost(), container.getMappedPort(PORT)), container::close);
        }
        RedisServer server = RedisServer.start();
        return new SharedRedis(server.address(), server::close);
    }

    private static GenericContainer<?> container() {
        return new GenericContainer<>(IMAGE).withExposedPorts(PORT);
    }

    @Override
    public void close() {
        stop.run();
    }
}
