package dealbrain.caching;

import java.util.Optional;

/**
 * Loads a value, or returns empty for a key that has no value and will not get one. May throw, for example because a
 * read is rejected.
 */
@FunctionalInterface
public interface Loader<T> {
    /** Loads the value. The result is not older than any change that was acknowledged before the call. */
    Optional<LoadResult<T>> load();

    /** Loads the value from the primary, for a comparison. */
    default Optional<LoadResult<T>> loadFromPrimary() {
        return load();
    }
}
