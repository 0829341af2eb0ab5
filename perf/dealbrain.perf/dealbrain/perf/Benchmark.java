package dealbrain.perf;

import java.math.BigDecimal;
import java.util.function.ToDoubleFunction;

/**
 * What is measured, and the goal for its ratio to a baseline.
 *
 * @param id       such as {@code hit-8-rate}; {@link MarkdownReport} selects the rows of the README by it
 * @param subject  such as {@code shared page, cached}
 * @param metric   such as {@code 8 connections: requests per second}
 * @param baseline what the subject is compared with
 */
record Benchmark(String id, String subject, String metric, String baseline, Goal goal) {
    /** The allowed range of a ratio. */
    record Goal(boolean atLeast, double limit) {
        static Goal atLeast(double limit) {
            return new Goal(true, limit);
        }

        static Goal atMost(double limit) {
            return new Goal(false, limit);
        }

        boolean isMetBy(double ratio) {
            return atLeast ? ratio >= limit : ratio <= limit;
        }

        @Override
        public String toString() {
            return (atLeast ? "≥ " : "≤ ")
                    + BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
        }
    }

    String name() {
        return subject + ", " + metric;
    }

    /** Returns the result by requests per second. */
    BenchmarkResult byRate(Comparison comparison) {
        return by(Latencies::perSecond, comparison, Format::rate);
    }

    /** Returns the result by the median latency. */
    BenchmarkResult byP50(Comparison comparison) {
        return by(Latencies::p50, comparison, Format::millis);
    }

    /** Returns the result by the 99th percentile of the latencies. */
    BenchmarkResult byP99(Comparison comparison) {
        return by(Latencies::p99, comparison, Format::millis);
    }

    private BenchmarkResult by(ToDoubleFunction<Latencies> metric, Comparison comparison, Format.Unit unit) {
        return new BenchmarkResult(
                this,
                comparison.ratio(metric),
                unit.format(comparison.measured(metric)),
                unit.format(comparison.baseline(metric)),
                "");
    }

    /** Returns the result of a benchmark that could not run. */
    BenchmarkResult notMeasured(String reason) {
        return new BenchmarkResult(this, null, "–", "–", "not measured: " + reason);
    }
}
