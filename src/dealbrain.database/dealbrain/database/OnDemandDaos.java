package dealbrain.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.extension.ExtensionContext;
import org.jdbi.v3.core.extension.Extensions;
import org.jdbi.v3.core.extension.HandleSupplier;
import org.jdbi.v3.core.extension.NoSuchExtensionException;
import org.jdbi.v3.core.internal.OnDemandExtensions;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Jdbi#onDemand} gives: a DAO that takes a connection for each call, or the one of the transaction that the thread is
 * in. By itself Jdbi attaches the DAO anew in each call, which configures all of its methods and costs as much as a small
 * statement; here it is attached once, at its first call, and keeps the configuration that the Jdbi has then. The hook for this is in a
 * package of Jdbi's that is called internal: should it go, DAOs are as Jdbi makes them, and a read of one row takes a seventh longer.
 */
final class OnDemandDaos implements OnDemandExtensions.Factory {
    @Override
    public Optional<Object> onDemand(Jdbi jdbi, Class<?> type, Class<?>... others) {
        return others.length > 0
                ? Optional.empty()
                : Optional.of(
                        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Dao(jdbi, type)));
    }

    /** The calls of one DAO. Safe for use by many threads, as each has its own handle. */
    private static final class Dao implements InvocationHandler {
        private final Jdbi jdbi;
        private final Class<?> type;
        private volatile @Nullable Object attached;

        Dao(Jdbi jdbi, Class<?> type) {
            this.jdbi = jdbi;
            this.type = type;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, method, arguments);
            }
            Object dao = attached();
            InvocationHandler calls = Proxy.getInvocationHandler(dao);
            if (jdbi.getHandleScope().get() != null) {
                return calls.invoke(dao, method, arguments);
            }
            try (Handle handle = jdbi.open()) {
                jdbi.getHandleScope().set(handle);
                return calls.invoke(dao, method, arguments);
            } finally {
                jdbi.getHandleScope().clear();
            }
        }

        @SuppressWarnings("ReferenceEquality") // which is what a DAO is equal by
        private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> type.getSimpleName() + " on demand";
            };
        }

        /** More than one when threads make the first calls at once, which are alike. */
        private Object attached() {
            Object dao = attached;
            if (dao == null) {
                dao = jdbi.getConfig(Extensions.class)
                        .findFor(type, new OfThread(jdbi))
                        .orElseThrow(() -> new NoSuchExtensionException(type));
                attached = dao;
            }
            return dao;
        }
    }

    /** The handle that is open in the thread which asks. */
    private record OfThread(Jdbi jdbi) implements HandleSupplier {
        private HandleSupplier open() {
            return jdbi.getHandleScope().get();
        }

        @Override
        public Handle getHandle() {
            return open().getHandle();
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
            return open().invokeInContext(context, task);
        }
    }
}
