package dealbrain.profiling;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** The statistics of one route or background job since the start. Thread-safe. */
final class WorkStatistics {
    private static final long MAX_STATEMENTS = 10_000;

    private final StatementScope.Kind kind;
    private final String name;
    private final Durations durations = new Durations();
    private final AtomicHistogram statements = new AtomicHistogram(MAX_STATEMENTS, Durations.DIGITS);
    private final LongAdder count = new LongAdder();
    private final LongAdder errors = new LongAdder();

    WorkStatistics(StatementScope.Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    void record(long nanos, int statementCount, boolean failed) {
        count.increment();
        durations.record(nanos);
        statements.recordValue(Math.min(statementCount, MAX_STATEMENTS));
        if (failed) {
            errors.increment();
        }
    }

    StatementScope.Kind kind() {
        return kind;
    }

    WorkReport report() {
        Percentiles percentiles = durations.percentiles();
        Histogram counts = new Histogram(MAX_STATEMENTS, Durations.DIGITS); // a copy, as in Durations.snapshot
        counts.add(statements);
        return new WorkReport(
                name,
                count.sum(),
                percentiles.mean(),
                percentiles.p50(),
                percentiles.p95(),
                percentiles.p99(),
                percentiles.max(),
                counts.getValueAtPercentile(50),
                counts.getMaxValue(),
                errors.sum());
    }
}
