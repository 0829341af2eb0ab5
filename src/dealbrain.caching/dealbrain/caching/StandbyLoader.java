package dealbrain.caching;

import dealbrain.changes.ChangeLog;
import dealbrain.changes.ChangeView;
import dealbrain.changes.Stamp;
import dealbrain.database.ConnectionBudget;
import dealbrain.standby.Standby;
import java.time.Duration;
import java.util.Optional;

/**
 * Loads pages from a standby (docs/decisions/0024-read-replicas.md). If a page was not found, the load threw an
 * exception, or the link has expired, the primary decides. Thread-safe.
 */
final class StandbyLoader {
    /** How long a load waits for a connection. */
    private static final Duration WAIT = Duration.ofMillis(250);

    private final Standby standby;
    private final ChangeLog changes;

    StandbyLoader(Standby standby, ChangeLog changes) {
        this.standby = standby;
        this.changes = changes;
    }

    /**
     * Returns a page that is not older than any change that was acknowledged before the call; empty if the primary must
     * load it. Never throws because of the standby.
     */
    <T> Optional<LoadResult<T>> load(PageLoader<T> page) {
        ChangeView before = changes.view();
        if (!standby.isUsed() || !before.isTrusted()) { // without trust it cannot be decided what is current
            return Optional.empty();
        }
        try {
            Optional<LoadResult<T>> found = ConnectionBudget.call(WAIT, () -> page.load(standby.jdbi()))
                    .filter(loaded -> !loaded.snapshot().isEmpty());
            if (found.isPresent() && !standby.proves(found.get().snapshot(), before.generation())) {
                return Optional.empty();
            }
            Optional<LoadResult<T>> current = found.filter(loaded -> isCurrent(loaded, before.generation()));
            standby.loaded(current.isPresent());
            return current;
        } catch (RuntimeException e) {
            standby.failed(e);
            return Optional.empty();
        }
    }

    /** Uses the present view, which has every change that was acknowledged before the load. */
    private boolean isCurrent(LoadResult<?> loaded, String generation) {
        ChangeView view = changes.view();
        Stamp stamp = new Stamp(generation, Standby.snapshot(loaded.snapshot()));
        return view.isCurrent(stamp, loaded.tags()) && !loaded.isExpiredAt(view.databaseMillis());
    }
}
