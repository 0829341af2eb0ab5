package dealbrain.testing;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * A real Redis that all classes of a run share, with a namespace of keys for a test class; {@code @Nested} classes use
 * the one of the class around them. Keys are left behind: the server ends with the run.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestRedis redis = new TestRedis();
 * }</pre>
 */
public final class TestRedis implements BeforeAllCallback {
    private static final Namespace STORE = Namespace.create(TestRedis.class);
    private static final AtomicInteger namespaces = new AtomicInteger();

    private final boolean own;
    private final List<String> arguments;
    private @Nullable Fresh fresh;

    public TestRedis() {
        this(false, List.of());
    }

    private TestRedis(boolean own, List<String> arguments) {
        this.own = own;
        this.arguments = arguments;
    }

    /**
     * A Redis that the class has for itself, always a process: for faults, and for what empties or configures all of
     * it. A test that kills or freezes it restarts or thaws it for the next.
     *
     * @param arguments as on the command line of {@code redis-server}
     */
    public static TestRedis ofItsOwn(String... arguments) {
        return new TestRedis(true, List.of(arguments));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Store store = context.getStore(STORE); // sees what the classes around this one have stored
        Fresh made = store.get(this, Fresh.class);
        if (made == null) {
            made = own ? own() : shared(context);
            store.put(this, made); // closed with the class
        }
        fresh = made;
    }

    private Fresh own() {
        RedisServer server = RedisServer.start(arguments.toArray(String[]::new));
        return new Fresh(server.address(), namespace(namespaces.incrementAndGet()), server);
    }

    private static Fresh shared(ExtensionContext context) {
        SharedRedis redis = context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(SharedRedis.class, _ -> SharedRedis.start(), SharedRedis.class);
        return new Fresh(redis.address(), namespace(namespaces.incrementAndGet()), null);
    }

    /** In braces, so that a cluster has all of its keys in one slot. */
    private static String namespace(int number) {
        return "{test-" + number + "}:";
    }

    public String url() {
        return "redis://" + address().getHostString() + ":" + address().getPort();
    }

    /** Also for {@link Forwarder#to}. */
    public InetSocketAddress address() {
        return fresh().address;
    }

    /** What the class's keys begin with, {@code {test-17}:}. */
    public String namespace() {
        return fresh().namespace;
    }

    /** Sends a command as {@link RedisServer#command} does. */
    public String command(String... command) {
        return RedisServer.command(address(), command);
    }

    /** @throws IllegalStateException when it is the shared one, which must not be harmed */
    public RedisServer server() {
        RedisServer server = fresh().server;
        if (server == null) {
            throw new IllegalStateException("the shared Redis is not to be harmed; take TestRedis.ofItsOwn()");
        }
        return server;
    }

    private Fresh fresh() {
        return Objects.requireNonNull(fresh, "TestRedis needs @RegisterExtension on a static field");
    }

    private record Fresh(
            InetSocketAddress address,
            String namespace,
            @Nullable RedisServer server) implements AutoCloseable {
        @Override
        public void close() {
            if (server != null) {
                server.close();
            }
        }
    }
}
