package dealbrain.caching;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Loads a page by one statement, which also selects {@link LoadResult#SNAPSHOT}. */
@FunctionalInterface
public interface PageLoader<T> {
    /**
     * Loads the page; returns empty if it does not exist.
     *
     * @param database the primary or a standby; whether the state that it returns is current is not decided here
     */
    Optional<LoadResult<T>> load(Jdbi database);
}
