package dealbrain.perf;

import org.jspecify.annotations.Nullable;

/** The goals for a request at the largest of the {@link StoredBenchmark#SIZES}. */
enum StoredGoal {
    PAGE(10, 1.5),
    WORDS(20, null),
    PAIR(50, null),
    NONE(null, null);

    private final @Nullable Integer millis;
    private final @Nullable Double ratio;

    /**
     * @param millis the highest median; null if there is no limit
     * @param ratio  the highest ratio to the median at the smallest size; null if there is no limit
     */
    StoredGoal(@Nullable Integer millis, @Nullable Double ratio) {
        this.millis = millis;
        this.ratio = ratio;
    }

    /** @param measuredRatio null if both sizes cannot be compared */
    boolean isMetBy(double measuredMillis, @Nullable Double measuredRatio) {
        return (millis == null || measuredMillis <= millis)
                && (ratio == null || measuredRatio == null || measuredRatio <= ratio);
    }

    @Override
    public String toString() {
        if (millis == null) {
            return "–";
        }
        return "≤ " + millis + " ms" + (ratio == null ? "" : ", ≤ " + ratio);
    }
}
