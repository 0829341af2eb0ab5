package dealbrain.profiling;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The recent past: request statistics of the last 15 minutes in steps of five seconds, and the last warnings. Shows the
 * current state, which averages since the start hide. Thread-safe.
 */
public final class Timeline {
    /** The number of steps that are stored. */
    static final int STEPS = 180;

    private static final int MAX_WARNINGS = 20;

    /**
     * The statistics of one step.
     *
     * @param end    the end of the step
     * @param millis the length of the step
     * @param errors the requests that ended with an internal error
     * @param p50    a percentile of the requests that ended in this step, in milliseconds; 0 if there were none
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
        /** Returns the requests per second. */
        public double rate() {
            return millis == 0 ? 0 : requests * 1000 / millis;
        }
    }

    /**
     * A warning that was logged about a statement. Warnings of one kind about one statement in one route or job are
     * counted as one.
     *
     * @param at    the last time
     * @param text  the last log message
     * @param work  the route or job; null for none
     * @param times how often it was logged
     */
    public record Warning(Instant at, String text, @Nullable String work, int times) {}

    private record Cause(
            String fingerprint, boolean isSlow, @Nullable String work) {}

    private final InstantSource clock;
    private final Recorder requests = new Recorder(Durations.MAX_MICROS, Durations.DIGITS);
    private final LongAdder count = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder statements = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final SequencedMap<Cause, Warning> warnings = new LinkedHashMap<>();
    private Instant last;

    Timeline() {
        this(InstantSource.system());
    }

    Timeline(InstantSource clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    void recordRequest(long nanos, boolean failed, int statementCount) {
        requests.recordValue(Durations.micros(nanos));
        count.increment();
        statements.add(statementCount);
        if (failed) {
            errors.increment();
        }
    }

    void recordSlow(SqlText sql, String text, @Nullable StatementScope scope) {
        slow.increment();
        warn(new Cause(sql.fingerprint(), true, scope == null ? null : scope.name()), text);
    }

    void recordRepeated(SqlText sql, String text, StatementScope scope) {
        repeated.increment();
        warn(new Cause(sql.fingerprint(), false, scope.name()), text);
    }

    /** Moves the warning to the end of the map, so that the first entry is the one to drop. */
    private void warn(Cause cause, String text) {
        synchronized (warnings) {
            Warning before = warnings.remove(cause);
            int times = before == null ? 1 : before.times() + 1;
            warnings.putLast(cause, new Warning(clock.instant(), text, cause.work(), times));
            if (warnings.size() > MAX_WARNINGS) {
                var _ = warnings.pollFirstEntry();
            }
        }
    }

    /**
     * Ends a step and starts the next; called every five seconds.
     *
     * <p>The recorder has two histograms and exchanges them here, so that requests are recorded meanwhile. A request
     * that ends during the exchange may be counted in one step and timed in the next; none is lost.
     */
    synchronized void endStep() {
        Instant now = clock.instant();
        Histogram ended = requests.getIntervalHistogram();
        count.reset();
        steps.addLast(new Step(
                now,
                last.until(now).toNanos() / 1e6,
                ended.getTotalCount(),
                errors.sumThenReset(),
                Durations.millis(ended, 50),
                Durations.millis(ended, 95),
                Durations.millis(ended, 99),
                statements.sumThenReset(),
                slow.sumThenReset(),
                repeated.sumThenReset()));
        last = now;
        if (steps.size() > STEPS) {
            steps.removeFirst();
        }
    }

    /** Returns the step that has not ended yet. Its percentiles are 0: reading them would end the step. */
    public synchronized Step currentStep() {
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

    /** Returns the steps that have ended, oldest first. */
    public synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Returns the last warnings, newest first. */
    public List<Warning> warnings() {
        synchronized (warnings) {
            return List.copyOf(warnings.sequencedValues().reversed());
        }
    }
}
