package dealbrain.caching;

import dealbrain.changes.ChangeLog;
import dealbrain.standby.Standby;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Loads pages that need no authentication: from the standby, if there is one and what it returns proves to be current,
 * otherwise from the primary. Thread-safe.
 */
public final class PageSource {
    private final Jdbi primary;
    private final Optional<StandbyLoader> standby;

    private PageSource(Jdbi primary, Optional<StandbyLoader> standby) {
        this.primary = primary;
        this.standby = standby;
    }

    /** Returns a source without a standby. */
    public static PageSource of(Jdbi primary) {
        return new PageSource(primary, Optional.empty());
    }

    /** Returns the same source with a standby. */
    public PageSource withStandby(Standby server, ChangeLog changes) {
        return new PageSource(primary, Optional.of(new StandbyLoader(server, changes)));
    }

    /**
     * Loads a page that is not cached. It is not older than any change that was acknowledged before the call. One
     * statement, and one more if the result of the standby cannot be used.
     *
     * @throws RuntimeException an exception of {@code page} on the primary
     */
    public <T> Optional<LoadResult<T>> load(PageLoader<T> page) {
        return standby.flatMap(loader -> loader.load(page)).or(() -> page.load(primary));
    }

    /** Returns a loader for the cache, which loads as {@link #load} does. */
    public <T> Loader<T> loader(PageLoader<T> page) {
        return new Loader<>() {
            @Override
            public Optional<LoadResult<T>> load() {
                return PageSource.this.load(page);
            }

            @Override
            public Optional<LoadResult<T>> loadFromPrimary() {
                return page.load(primary);
            }
        };
    }
}
