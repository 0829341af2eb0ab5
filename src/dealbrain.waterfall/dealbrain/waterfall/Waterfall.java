package dealbrain.waterfall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the request that a thread processes, in the order of their ends. A request is processed by one thread,
 * so it needs no locks. The first {@value #MAX_STEPS} steps are recorded, and the others are counted.
 *
 * <p>Code that waits records the wait without knowing of the request:
 *
 * <pre>{@code
 * long start = System.nanoTime();
 * wait();
 * Waterfall.record(StepKind.CONNECTION, start);
 * }</pre>
 */
public final class Waterfall {
    /** The maximum number of steps. */
    public static final int MAX_STEPS = 200;

    /** Steps other than statements are recorded from this duration on. */
    static final long MIN_NANOS = 50_000;

    /** Of the work that has none, such as a background job. */
    public static final Waterfall NONE = new Waterfall(0, 0);

    private static final ScopedValue<Waterfall> CURRENT = ScopedValue.newInstance();

    private final long start;
    private final int maxSteps;
    private final List<Step> steps;
    private int omitted;

    private Waterfall(long start, int maxSteps) {
        this.start = start;
        this.maxSteps = maxSteps;
        this.steps = new ArrayList<>(Math.min(maxSteps, 8));
    }

    /** Returns the waterfall of a request that starts now. */
    public static Waterfall start() {
        return new Waterfall(System.nanoTime(), MAX_STEPS);
    }

    /** Runs {@code work}, whose steps are recorded in {@code waterfall} and in no other one. */
    public static <T, X extends Throwable> T call(Waterfall waterfall, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, waterfall).call(work);
    }

    /** Returns the waterfall of the request that this thread processes; {@link #NONE} outside of requests. */
    public static Waterfall current() {
        return CURRENT.isBound() ? CURRENT.get() : NONE;
    }

    /**
     * Records a step that ends now, in the request that this thread processes; nothing outside of requests. A step of
     * less than 50 µs is ignored.
     *
     * @param start by {@link System#nanoTime}
     */
    public static void record(StepKind kind, long start) {
        long end = System.nanoTime();
        if (end - start >= MIN_NANOS && CURRENT.isBound()) {
            CURRENT.get().add(kind, start, end);
        }
    }

    /**
     * Adds a step that is no statement.
     *
     * @param from by {@link System#nanoTime}
     */
    void add(StepKind kind, long from, long to) {
        Step last = steps.isEmpty() ? null : steps.getLast();
        if (last != null && last.kind() == kind) {
            steps.set(steps.size() - 1, last.join(from - start, to - start));
        } else {
            add(new Step(kind, from - start, to - from, to - from, 1, 0, null, null));
        }
    }

    /**
     * Adds the execution of a statement that ends now.
     *
     * @param sqlState its error; null if it succeeded
     */
    public void addStatement(Statement statement, long nanos, long rows, @Nullable String sqlState) {
        if (maxSteps > 0) {
            long from = System.nanoTime() - start - nanos;
            add(new Step(StepKind.STATEMENT, from, nanos, nanos, 1, rows, statement, sqlState));
        }
    }

    /**
     * Adds a wait for a lock, which is a part of the execution of {@code statement}.
     *
     * @param from by {@link System#nanoTime}
     */
    public void addLock(Statement statement, long from, long nanos) {
        add(new Step(StepKind.LOCK, from - start, nanos, nanos, 1, 0, statement, null));
    }

    private void add(Step step) {
        if (steps.size() < maxSteps) {
            steps.add(step);
        } else {
            omitted++;
        }
    }

    /** Returns the steps so far, in the order of their starts. */
    public List<Step> steps() {
        return steps.stream().sorted(Comparator.comparingLong(Step::startNanos)).toList();
    }

    /** Returns the number of steps that were not recorded. */
    public int omitted() {
        return omitted;
    }
}
