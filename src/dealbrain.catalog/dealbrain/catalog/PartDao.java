package dealbrain.catalog;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a kind of part. Each kind has its own statements; an input goes as one JSON text, which PostgreSQL
 * takes apart by the types of the columns. Where words may be missing, the statement is a union of which only one half runs:
 * with {@code OR} a generic plan could not use the index.
 */
interface PartDao<P extends Part> {
    /** Parts in the order of their ids; {@code words} is a text search query, null for all. */
    List<P> list(@Nullable String words, int limit, int offset);

    long count(@Nullable String words);

    Optional<P> find(long id);

    Optional<P> lock(long id);

    P insert(String input);

    P update(long id, String input);

    void delete(long id);
}
