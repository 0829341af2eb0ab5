package dealbrain.caching;

import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The running instances of a test, each in a slot that may be empty for some time. Thread-safe. */
final class InstanceGroup implements AutoCloseable {
    /** Every tenth notification is lost. */
    private static final int LOST = 10;

    private final IntFunction<CacheInstance> opener;
    private final List<Slot> slots;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<CacheInstance> opened = new ConcurrentLinkedQueue<>();
    private final AtomicInteger notifications = new AtomicInteger();

    private static final class Slot {
        final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        volatile @Nullable CacheInstance instance;
    }

    /** @param opener opens the instance of a number, from 1 */
    InstanceGroup(int size, IntFunction<CacheInstance> opener) {
        this.opener = opener;
        this.slots = IntStream.range(0, size).mapToObj(_ -> new Slot()).toList();
    }

    int size() {
        return slots.size();
    }

    /** Opens an instance in each slot and waits until all use their caches. */
    void fill() {
        for (int slot = 0; slot < slots.size(); slot++) {
            replace(slot, open());
        }
        slots.forEach(slot -> Objects.requireNonNull(slot.instance).awaitTrust());
    }

    /** Opens an instance that makes the others poll when it acknowledges a change. */
    CacheInstance open() {
        CacheInstance instance = opener.apply(numbers.incrementAndGet());
        opened.add(instance);
        instance.changes().setNotifier(() -> notifyOthers(instance), () -> true);
        return instance;
    }

    private void notifyOthers(CacheInstance sender) {
        if (notifications.incrementAndGet() % LOST == 0) {
            return;
        }
        for (Slot slot : slots) {
            CacheInstance instance = slot.instance;
            if (instance != null && instance != sender) {
                instance.changes().pollNow();
            }
        }
    }

    /**
     * Puts an instance in a slot, or none, and returns the previous one when no reader uses it. A writer may still use
     * it.
     */
    @Nullable
    CacheInstance replace(int slot, @Nullable CacheInstance instance) {
        Lock lock = slots.get(slot).lock.writeLock();
        lock.lock();
        try {
            CacheInstance previous = slots.get(slot).instance;
            slots.get(slot).instance = instance;
            return previous;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Calls {@code reader} with the instance of a slot, which is not replaced meanwhile. Does nothing if there is none.
     */
    void read(int slot, Consumer<CacheInstance> reader) {
        Lock lock = slots.get(slot).lock.readLock();
        lock.lock();
        try {
            CacheInstance instance = slots.get(slot).instance;
            if (instance != null) {
                reader.accept(instance);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code action} while nothing is read on the instance of a slot. */
    void withoutReads(int slot, Runnable action) {
        Lock lock = slots.get(slot).lock.writeLock();
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the instance of a slot, null if there is none. It may end at any time. */
    @Nullable
    CacheInstance get(int slot) {
        return slots.get(slot).instance;
    }

    /** Returns the instance of a random slot. */
    @Nullable
    CacheInstance any(Random random) {
        return get(random.nextInt(slots.size()));
    }

    /** Returns the sum of a counter of all caches, also of instances that have ended. */
    long sumOfStats(ToLongFunction<CacheStats> counter) {
        return opened.stream()
                .map(instance -> instance.cache().stats())
                .mapToLong(counter)
                .sum();
    }

    @Override
    public void close() {
        for (int slot = 0; slot < slots.size(); slot++) {
            CacheInstance instance = replace(slot, null);
            if (instance != null) {
                instance.close();
            }
        }
    }
}
