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
 * Provides a test class with its own key namespace on a real Redis that all classes of a test run share. {@code
 * @Nested} classes use the namespace of their enclosing class. Keys are not deleted: the server ends with the run.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestRedis redis = new TestRedis();
 * }</pre>
 */
public final class TestRedis implements BeforeAllCallback {
    private static final Namespace STORE = Namespace.create(TestRedis.class);
    private static final AtomicInteger namespaces = new AtomicInteger();

    private final boolean dedicated;
    private final List<String> arguments;
    private @Nullable ClassRedis current;

    public TestRedis() {
        this(false, List.of());
    }

    private TestRedis(boolean dedicated, List<String> arguments) {
        this.dedicated = dedicated;
        this.arguments = arguments;
    }

    /**
     * Returns an extension that starts a Redis process for the test class alone, for tests that inject faults or change
     * the whole server. A test that kills or freezes it must restart or thaw it for the next test.
     *
     * @param arguments as on the command line of {@code redis-server}
     */
    public static TestRedis dedicated(String... arguments) {
        return new TestRedis(true, List.of(arguments));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Store store = context.getStore(STORE); // inherits the values of the enclosing class
        ClassRedis created = store.get(this, ClassRedis.class);
        if (created == null) {
            created = dedicated ? startDedicated() : shared(context);
            store.put(this, created); // which closes it after the class
        }
        current = created;
    }

    private ClassRedis startDedicated() {
        RedisServer server = RedisServer.start(arguments.toArray(String[]::new));
        return new ClassRedis(server.address(), namespace(namespaces.incrementAndGet()), server);
    }

    private static ClassRedis shared(ExtensionContext context) {
        SharedRedis redis = context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(SharedRedis.class, _ -> SharedRedis.start(), SharedRedis.class);
        return new ClassRedis(redis.address(), namespace(namespaces.incrementAndGet()), null);
    }

    /** Returns a namespace in braces, which make a cluster store all its keys in one slot. */
    private static String namespace(int number) {
        return "{test-" + number + "}:";
    }

    public String url() {
        return "redis://" + address().getHostString() + ":" + address().getPort();
    }

    /** Returns the address of the server, for example for {@link RedisProxy#to}. */
    public InetSocketAddress address() {
        return current().address;
    }

    /** Returns the prefix of all keys of the class, such as {@code {test-17}:}. */
    public String namespace() {
        return current().namespace;
    }

    /** Sends a command; see {@link RedisServer#command}. */
    public String command(String... command) {
        return RedisServer.command(address(), command);
    }

    /**
     * Returns the server, so that a test can freeze, kill or restart it.
     *
     * @throws IllegalStateException it is the shared server
     */
    public RedisServer server() {
        RedisServer server = current().server;
        if (server == null) {
            throw new IllegalStateException("the shared Redis cannot be stopped; use TestRedis.dedicated()");
        }
        return server;
    }

    private ClassRedis current() {
        return Objects.requireNonNull(current, "TestRedis needs @RegisterExtension on a static field");
    }

    private record ClassRedis(
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
