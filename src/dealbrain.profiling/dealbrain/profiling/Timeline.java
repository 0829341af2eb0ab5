package dealbrain.profiling;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The last quarter of an hour in steps, and the last warnings: what answers "is it well now", which figures since the start
 * cannot. Safe for use by many threads.
 */
public final class Timeline {
    /** How many steps are kept. */
    static final int STEPS = 180;

    private static final int WARNINGS = 20;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    /**
     * What happened in one step.
     *
     * @param millis how long the step was
     * @param p50    of the requests that ended in it, in milliseconds; 0 when there were none
     * @param p95    the same
     * @param p99    the same
     * @param errors requests that ended by a fault of ours
     */
    public record Step(
            Instant end,
            double millis,
            long requests,
            long errors,
            double p50,
            double p95,
            double p99,
            long statements,
            long slow,
            long repeated) {
        /** How many requests a second there were. */
        public double rate() {
            return millis == 0 ? 0 : requests * 1000 / millis;
        }
    }

    /**
     * A line of the log about a statement, and how often there was one like it: of the same statement in the same kind of work.
     *
     * @param at   the last time
     * @param text of that time
     */
    public record Warning(Instant at, String text, @Nullable String work, int times) {}

    private record Cause(
            String fingerprint, boolean isSlow, @Nullable String work) {}

    private final InstantSource clock;
    private final Recorder requests = new Recorder(LONGEST_MICROS, 2);
    private final LongAdder count = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder statements = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final SequencedMap<Cause, Warning> warnings = new LinkedHashMap<>();
    private Instant last;

    public Timeline() {
        this(InstantSource.system());
    }

    Timeline(InstantSource clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    void request(long nanos, boolean failed, int statementCount) {
        requests.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, LONGEST_MICROS));
        count.increment();
        statements.add(statementCount);
        if (failed) {
            errors.increment();
        }
    }

    void slow(SqlText sql, String text, @Nullable StatementScope scope) {
        slow.increment();
        warn(new Cause(sql.fingerprint(), true, scope == null ? null : scope.name()), text);
    }

    void repeated(SqlText sql, String text, StatementScope scope) {
        repeated.increment();
        warn(new Cause(sql.fingerprint(), false, scope.name()), text);
    }

    private void warn(Cause cause, String text) {
        synchronized (warnings) {
            Warning before = warnings.remove(cause);
            warnings.putLast(
                    cause, new Warning(clock.instant(), text, cause.work(), before == null ? 1 : before.times() + 1));
            if (warnings.size() > WARNINGS) {
                var _ = warnings.pollFirstEntry();
            }
        }
    }

    /** Ends a step and begins the next; called every five seconds. */
    synchronized void step() {
        Instant now = clock.instant();
        Histogram ended = requests.getIntervalHistogram();
        count.reset();
        steps.addLast(new Step(
                now,
                last.until(now).toNanos() / 1e6,
                ended.getTotalCount(),
                errors.sumThenReset(),
                millis(ended, 50),
                millis(ended, 95),
                millis(ended, 99),
                statements.sumThenReset(),
                slow.sumThenReset(),
                repeated.sumThenReset()));
        last = now;
        if (steps.size() > STEPS) {
            steps.removeFirst();
        }
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1000.0;
    }

    /** The step that has not ended yet, without its percentiles. */
    public synchronized Step unfinished() {
        Instant now = clock.instant();
        return new Step(
                now,
                last.until(now).toNanos() / 1e6,
                count.sum(),
                errors.sum(),
                0,
                0,
                0,
                statements.sum(),
                slow.sum(),
                repeated.sum());
    }

    /** The steps kept, oldest first. */
    public synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The last warnings, newest first. */
    public List<Warning> warnings() {
        synchronized (warnings) {
            return List.copyOf(warnings.sequencedValues().reversed());
        }
    }
}
