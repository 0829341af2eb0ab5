package dealbrain.database;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleScope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.extension.ExtensionContext;
import org.jdbi.v3.core.extension.ExtensionFactory;
import org.jdbi.v3.core.extension.Extensions;
import org.jdbi.v3.core.extension.HandleSupplier;
import org.jdbi.v3.sqlobject.SqlObjectFactory;

/**
 * Creates each DAO once and returns it for every call of {@link Jdbi#onDemand}.
 *
 * <p>Jdbi attaches an on-demand DAO again for each call and prepares all methods of its interface. That takes almost as
 * long as a small statement (docs/decisions/0019-jdbi.md). This factory attaches each DAO once, with the configuration
 * that the Jdbi has then. Therefore the Jdbi must be configured before the first call. It runs each call on the handle
 * of the current {@link HandleScope}: the one of the transaction, or the one that {@code onDemand} opens for the call.
 * The latter is one statement and so a transaction of its own, which is retried as by {@link Transactions}.
 * Thread-safe.
 */
final class DaoFactory implements ExtensionFactory {
    private static final Set<FactoryFlag> FLAGS = Set.of(FactoryFlag.DONT_USE_PROXY); // sqlObjects makes the proxy

    private final Jdbi jdbi;
    private final ExtensionFactory sqlObjects;
    private final Map<Class<?>, Object> daos = new ConcurrentHashMap<>();

    /** Creates the factory for a Jdbi in which the SQL object plugin is installed. */
    DaoFactory(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.sqlObjects = jdbi.getConfig(Extensions.class)
                .findFactory(SqlObjectFactory.class)
                .orElseThrow();
    }

    @Override
    public boolean accepts(Class<?> type) {
        return daos.containsKey(type) || sqlObjects.accepts(type);
    }

    @Override
    public Set<FactoryFlag> getFactoryFlags() {
        return FLAGS;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // any other supplier has a handle of its own
    public <E> E attach(Class<E> type, HandleSupplier handle) {
        return handle == jdbi.getHandleScope().get()
                ? type.cast(daos.computeIfAbsent(type, this::attachToScope))
                : sqlObjects.attach(type, handle);
    }

    private Object attachToScope(Class<?> type) {
        return sqlObjects.attach(type, new ScopedHandle(jdbi));
    }

    /** Supplies the handle of the current scope. */
    private record ScopedHandle(Jdbi jdbi) implements HandleSupplier {
        private HandleSupplier current() {
            return jdbi.getHandleScope().get();
        }

        @Override
        public Handle getHandle() {
            return current().getHandle();
        }

        @Override
        public Jdbi getJdbi() {
            return jdbi;
        }

        @Override
        public ConfigRegistry getConfig() {
            return jdbi.getConfig();
        }

        @Override
        public <V> V invokeInContext(ExtensionContext context, Callable<V> task) throws Exception {
            return jdbi.getConfig(Retries.class)
                    .run(() -> !getHandle().isInTransaction(), () -> current().invokeInContext(context, task));
        }
    }
}
