package dealbrain.http;

import org.jspecify.annotations.Nullable;

/** How the elements of a list are counted for {@code X-Total-Count}. */
public enum CountMode {
    /** Up to {@link #LIMIT}; a longer list is only known to have more. */
    LIMITED,
    /** All of them, however long this takes. */
    EXACT,
    /** Not at all. */
    NONE;

    /** The largest total that {@link #LIMITED} counts. */
    public static final long LIMIT = 10_000;

    /**
     * Returns the largest number of rows that a statement counts, null for all. It is one more than the limit, which
     * shows that the list is longer; 0 for {@link #NONE}.
     */
    public @Nullable Long maxRows() {
        return switch (this) {
            case LIMITED -> LIMIT + 1;
            case EXACT -> null;
            case NONE -> 0L;
        };
    }
}
