package dealbrain.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The latencies of a request by the number of stored listings.
 *
 * @param measured always has the largest number; the others may have no following page
 */
record StoredResult(StoredRequest request, SortedMap<Integer, Measured> measured) {
    static final String MET = "✅";
    static final String MISSED = "❌";

    /** @param rows the number of rows in a response */
    record Measured(Latencies latencies, int rows) {}

    /** Returns the median of the largest data set in milliseconds. */
    double p50() {
        return largest().latencies().p50();
    }

    private Measured largest() {
        return Objects.requireNonNull(measured.get(measured.lastKey()));
    }

    /** Returns the ratio of the medians of the largest and the smallest data set; null if they show different rows. */
    @Nullable
    Double ratio() {
        Measured smallest = measured.get(StoredBenchmark.SIZES.getFirst());
        return smallest == null || smallest.rows() != largest().rows()
                ? null
                : p50() / smallest.latencies().p50();
    }

    boolean hasGoal() {
        return request.goal() != StoredGoal.NONE;
    }

    boolean isMissed() {
        return !request.goal().isMetBy(p50(), ratio());
    }

    /** Returns a mark for tables: met, missed or without a goal. */
    String mark() {
        if (!hasGoal()) {
            return "–";
        }
        return isMissed() ? MISSED : MET;
    }

    /** Returns the medians of all sizes, the ratio and the goal. */
    List<String> medians() {
        return cells(latencies -> Format.millis(latencies.p50()));
    }

    /** Returns the medians and 95th percentiles of all sizes, the ratio and the goal. */
    List<String> mediansWithP95() {
        return cells(latencies -> Format.millis(latencies.p50()) + " (" + Format.millis(latencies.p95()) + ")");
    }

    private List<String> cells(Function<Latencies, String> text) {
        List<String> cells = new ArrayList<>();
        for (int size : StoredBenchmark.SIZES) {
            Measured at = measured.get(size);
            cells.add(at == null ? "–" : text.apply(at.latencies()));
        }
        Double ratio = ratio();
        cells.add(ratio == null ? "–" : Format.ratio(ratio));
        cells.add(request.goal().toString());
        return cells;
    }
}
