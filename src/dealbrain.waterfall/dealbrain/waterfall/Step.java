package dealbrain.waterfall;

import org.jspecify.annotations.Nullable;

/**
 * One step of a request. Steps of one kind that follow each other, such as the writes of a stream, are one step.
 *
 * @param startNanos  since the start of the request
 * @param nanos       from the start to the end
 * @param activeNanos without the pauses
 * @param count       the number of steps that are joined in this one
 * @param rows        read or changed by a statement; 0 for other steps
 * @param sqlState    the error of a statement; null if it succeeded
 */
public record Step(
        StepKind kind,
        long startNanos,
        long nanos,
        long activeNanos,
        int count,
        long rows,
        @Nullable Statement statement,
        @Nullable String sqlState) {
    /** Returns this step with a later one of the same kind. */
    Step join(long start, long end) {
        return new Step(kind, startNanos, end - startNanos, activeNanos + end - start, count + 1, 0, null, null);
    }
}
