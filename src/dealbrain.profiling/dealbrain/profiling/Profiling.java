package dealbrain.profiling;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** All that this module does, made once: the statements, the work that runs them, and the telemetry of both. Safe for use by many threads. */
public final class Profiling implements AutoCloseable {
    private static final int STEP_SECONDS = 5;
    private static final AttributeKey<String> JOB = AttributeKey.stringKey("dealbrain.job");

    private final Telemetry telemetry;
    private final StatementProfiler statements;
    private final Timeline timeline = new Timeline();
    private final ConcurrentMap<String, WorkStatistics> work = new ConcurrentHashMap<>();
    private final DoubleHistogram jobDuration;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("timeline").factory());

    private Profiling(ProfilerOptions options, Telemetry telemetry) {
        this.telemetry = telemetry;
        OpenTelemetry api = telemetry.api();
        this.statements = new StatementProfiler(options, new StatementTelemetry(api, telemetry.isTracing()), timeline);
        this.jobDuration = api.getMeter(StatementTelemetry.SCOPE)
                .histogramBuilder("dealbrain.job.duration")
                .setUnit("s")
                .setDescription("Duration of background jobs.")
                .build();
    }

    public static Profiling start(ProfilerOptions options, TelemetryOptions telemetry) {
        Profiling profiling = new Profiling(options, Telemetry.start(telemetry));
        var _ = profiling.clock.scheduleAtFixedRate(
                profiling.timeline::step, STEP_SECONDS, STEP_SECONDS, TimeUnit.SECONDS);
        return profiling;
    }

    /** Does one run of a background job, and keeps its figures. What it throws goes on. */
    public void job(String name, Runnable run) {
        StatementScope scope = StatementScope.job(name);
        long start = System.nanoTime();
        boolean failed = true;
        try {
            statements.run(scope, () -> {
                run.run();
                return scope;
            });
            failed = false;
        } finally {
            long nanos = System.nanoTime() - start;
            ended(scope, nanos, failed);
            jobDuration.record(nanos / 1e9, Attributes.of(JOB, name));
        }
    }

    /**
     * Keeps the figures of a piece of work.
     *
     * @param failed whether it ended by a fault of ours
     */
    public void ended(StatementScope scope, long nanos, boolean failed) {
        work.computeIfAbsent(scope.name(), name -> new WorkStatistics(scope.kind(), name))
                .ended(nanos, scope.count(), failed);
        if (scope.kind() == StatementScope.Kind.REQUEST) {
            timeline.request(nanos, failed, scope.count());
        }
    }

    /** Every route that was asked for, the most frequent first. */
    public List<WorkReport> requests() {
        return reports(StatementScope.Kind.REQUEST);
    }

    /** Every background job that has run, the most frequent first. */
    public List<WorkReport> jobs() {
        return reports(StatementScope.Kind.JOB);
    }

    private List<WorkReport> reports(StatementScope.Kind kind) {
        return work.values().stream()
                .filter(each -> each.kind() == kind)
                .map(WorkStatistics::report)
                .sorted(Comparator.comparingLong(WorkReport::count).reversed().thenComparing(WorkReport::route))
                .toList();
    }

    public StatementProfiler statements() {
        return statements;
    }

    public Timeline timeline() {
        return timeline;
    }

    public Telemetry telemetry() {
        return telemetry;
    }

    /** Sends what telemetry is waiting. */
    @Override
    public void close() {
        clock.shutdownNow();
        statements.close();
        telemetry.close();
    }
}
