package dealbrain.collections;

import dealbrain.http.ListCursors;
import java.util.Map;
import java.util.Optional;

/**
 * The sort orders of the public collections. A cursor for {@link #POPULAR} contains the views of a collection when the
 * page was read. A collection that is viewed meanwhile can move from after the cursor to before it, and is then missing
 * on the following pages; none is returned twice.
 */
enum DiscoverOrder {
    /** Newest first. */
    RECENT("c.created_at DESC, c.id DESC", "(c.created_at, c.id) < (:key::timestamptz, :id)"),
    /** Most viewed first. */
    POPULAR("c.view_count DESC, c.id DESC", "(c.view_count, c.id) < (:key, :id)");

    private final String sql;
    private final String after;

    DiscoverOrder(String sql, String after) {
        this.sql = sql;
        this.after = after;
    }

    /** Returns the list for ORDER BY; statements give the collection the alias {@code c}. */
    String sql() {
        return sql;
    }

    /** Returns the condition for the collections after a cursor. */
    String after() {
        return after;
    }

    /** Adds the parameters of {@link #after}; without a cursor, the place before all collections. */
    void bind(Optional<ListCursors.Keys> start, Map<String, Object> parameters) {
        Object first = this == RECENT ? "infinity" : Long.MAX_VALUE;
        parameters.put(
                "key",
                start.map(keys -> this == RECENT ? keys.time(0) : (Object) keys.int64(0))
                        .orElse(first));
        parameters.put("id", start.map(keys -> keys.int64(1)).orElse(Long.MAX_VALUE));
    }

    Object key(PublicCollection collection) {
        return this == RECENT ? collection.createdAt() : collection.viewCount();
    }
}
