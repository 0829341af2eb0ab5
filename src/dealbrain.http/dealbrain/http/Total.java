package dealbrain.http;

import org.jspecify.annotations.Nullable;

/**
 * The number of elements of a whole list.
 *
 * @param isExact false if the list has more elements than {@code count}
 */
public record Total(long count, boolean isExact) {
    /**
     * Returns the total of a list; null if it was not counted.
     *
     * @param counted the number of counted elements, at most {@link CountMode#maxRows}
     */
    public static @Nullable Total of(CountMode mode, long counted) {
        return switch (mode) {
            case LIMITED -> new Total(Math.min(counted, CountMode.LIMIT), counted <= CountMode.LIMIT);
            case EXACT -> new Total(counted, true);
            case NONE -> null;
        };
    }

    /** Returns the value of {@code X-Total-Count-Relation}. */
    String relation() {
        return isExact ? "eq" : "gte";
    }
}
