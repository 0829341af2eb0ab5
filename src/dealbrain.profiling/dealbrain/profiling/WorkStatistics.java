package dealbrain.profiling;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** All requests of one route, or runs of one job, since the start. Safe for use by many threads. */
final class WorkStatistics {
    private static final long MOST_STATEMENTS = 10_000;
    private static final int DIGITS = 2;

    private final StatementScope.Kind kind;
    private final String name;
    private final Durations durations = new Durations();
    private final AtomicHistogram statements = new AtomicHistogram(MOST_STATEMENTS, DIGITS);
    private final LongAdder count = new LongAdder();
    private final LongAdder errors = new LongAdder();

    WorkStatistics(StatementScope.Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    void ended(long nanos, int statementCount, boolean failed) {
        count.increment();
        durations.record(nanos);
        statements.recordValue(Math.min(statementCount, MOST_STATEMENTS));
        if (failed) {
            errors.increment();
        }
    }

    StatementScope.Kind kind() {
        return kind;
    }

    WorkReport report() {
        Percentiles spread = durations.percentiles();
        Histogram counts = new Histogram(MOST_STATEMENTS, DIGITS); // one that stands still
        counts.add(statements);
        return new WorkReport(
                name,
                count.sum(),
                spread.mean(),
                spread.p50(),
                spread.p95(),
                spread.p99(),
                spread.max(),
                counts.getValueAtPercentile(50),
                counts.getMaxValue(),
                errors.sum());
    }
}
