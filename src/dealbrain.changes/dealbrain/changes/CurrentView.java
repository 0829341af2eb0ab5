package dealbrain.changes;

import dealbrain.changes.ChangeDao.Change;
import dealbrain.changes.ChangeDao.Poll;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The view of this instance (steps 3 and 7 of decision 0009): one volatile reference that is replaced when a complete
 * view is ready. Only the poller changes it; any thread may read it.
 */
final class CurrentView {
    /** The maximum number of changed tags. Beyond it the base moves, so that all entries are loaded again. */
    private static final int MAX_TAGS = 100_000;

    private static final String EVERYTHING = "*";

    private final LongSupplier nanoTime;
    private final Map<String, Consumer<String>> subscribers = new ConcurrentHashMap<>();
    private volatile ChangeView view;

    /**
     * Creates a view that is not trusted.
     *
     * @param start a position since which the log has all changes
     */
    CurrentView(Stamp start, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        DatabaseClock clock = new DatabaseClock(0, now, now);
        this.view = new ChangeView(nanoTime, start, start.snapshot(), new ChangedTags(), 0, clock, now);
    }

    ChangeView get() {
        return view;
    }

    /** Returns the position of the last poll. */
    Snapshot position() {
        return view.position().snapshot();
    }

    /** Returns whether a poll belongs to the generation of the last one. */
    boolean isSameGeneration(Poll poll) {
        return poll.generation().equals(view.generation());
    }

    /** Calls {@code subscriber} as {@link ChangeLog#subscribe} says. */
    void subscribe(String prefix, Consumer<String> subscriber) {
        subscribers.put(prefix, subscriber);
    }

    /** Publishes what a poll has found. The lease stays as it is, but ends with its generation. */
    void apply(Poll poll, DatabaseClock clock) {
        if (!isSameGeneration(poll)) {
            endLease();
            publishNewBase(poll, clock);
        } else if (poll.isTruncated()
                || !poll.isCompleteSince(position())
                || view.changed().size() > MAX_TAGS) {
            publishNewBase(poll, clock);
        } else {
            view.changed().add(poll.changes(), poll.position());
            long version = view.version() + (poll.changes().isEmpty() ? 0 : 1);
            publish(poll, view.base(), view.changed(), version, clock);
            poll.changes().forEach(this::notifySubscribers);
        }
    }

    /** Moves the base to the position of the poll: every entry that was stamped before it is loaded again. */
    private void publishNewBase(Poll poll, DatabaseClock clock) {
        publish(poll, poll.position(), new ChangedTags(), view.version() + 1, clock);
        subscribers.values().forEach(subscriber -> subscriber.accept(EVERYTHING));
    }

    private void publish(Poll poll, Snapshot base, ChangedTags changed, long version, DatabaseClock clock) {
        Stamp position = new Stamp(poll.generation(), poll.position());
        view = new ChangeView(nanoTime, position, base, changed, version, clock, view.trustedUntil());
    }

    private void notifySubscribers(Change change) {
        subscribers.forEach((prefix, subscriber) -> {
            if (change.tag().startsWith(prefix)) {
                subscriber.accept(change.tag().substring(prefix.length()));
            }
        });
    }

    /** Renews the lease. */
    void trustUntil(long time) {
        view = view.withTrustUntil(time);
    }

    /** Ends the lease: the cache is not used until it is renewed. */
    void endLease() {
        trustUntil(nanoTime.getAsLong());
    }
}
