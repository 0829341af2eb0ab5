package dealbrain.profiling;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;

/** All requests of one route, or runs of one job, since the start. Safe for use by many threads. */
final class WorkStatistics {
    private static final long MOST_STATEMENTS = 10_000;

    private final StatementScope.Kind kind;
    private final String name;
    private final Durations durations = new Durations();
    private final AtomicHistogram statements = new AtomicHistogram(MOST_STATEMENTS, 2);
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
        return new WorkReport(name, count.sum(), spread.mean(), spread.p50(), spread.p95(), spread.p99(), spread.max(),
                statements.getValueAtPercentile(50), statements.getMaxValue(), errors.sum());
    }
}
