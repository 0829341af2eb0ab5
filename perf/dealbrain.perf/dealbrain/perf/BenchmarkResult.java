package dealbrain.perf;

import org.jspecify.annotations.Nullable;

/**
 * The result of a benchmark.
 *
 * @param ratio         of measured to baseline; null if it could not be measured, for the reason in {@code note}
 * @param value         the median of the measured workload, with its unit
 * @param baselineValue the median of the baseline, with its unit
 * @param note          details; may be empty
 */
record BenchmarkResult(Benchmark benchmark, @Nullable Spread ratio, String value, String baselineValue, String note) {
    BenchmarkResult withNote(String text) {
        return new BenchmarkResult(benchmark, ratio, value, baselineValue, text);
    }

    boolean isMet() {
        return ratio != null && benchmark.goal().isMetBy(ratio.median());
    }

    boolean isMissed() {
        return ratio != null && !isMet();
    }

    /** Returns a mark for tables: met, missed or not measured. */
    String mark() {
        if (ratio == null) {
            return "–";
        }
        return isMet() ? "✅" : "❌";
    }

    /** Returns the median of the rounds with the lowest and the highest. */
    String ratioText() {
        return ratio == null ? "–" : Format.ratio(ratio);
    }

    /** Returns all values as one text. */
    String values() {
        String values = value + ", baseline " + baselineValue;
        if (ratio == null) {
            return note;
        }
        return note.isEmpty() ? values : values + "; " + note;
    }
}
