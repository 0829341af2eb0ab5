package dealbrain.profiling;

import dealbrain.background.Worker;
import dealbrain.background.WorkerState;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The profiler of statements, the statistics of requests and background jobs, and the telemetry of both. Thread-safe.
 */
public final class Profiling implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final AttributeKey<String> JOB = AttributeKey.stringKey("dealbrain.job");

    private final Telemetry telemetry;
    private final StatementProfiler statements;
    private final Timeline timeline = new Timeline();
    private final KeptRequests kept = new KeptRequests(
            InstantSource.system(), () -> ThreadLocalRandom.current().nextInt(KeptRequests.SAMPLED) == 0);
    private final ConcurrentMap<String, WorkStatistics> work = new ConcurrentHashMap<>();
    private final DoubleHistogram jobDuration;
    private final Worker clock;

    private Profiling(ProfilerOptions options, Telemetry telemetry) {
        this.telemetry = telemetry;
        OpenTelemetry api = telemetry.api();
        this.statements = new StatementProfiler(options, new StatementTelemetry(api, telemetry.isTracing()), timeline);
        this.jobDuration = api.getMeter(StatementTelemetry.SCOPE)
                .histogramBuilder("dealbrain.job.duration")
                .setUnit("s")
                .setDescription("Duration of background jobs.")
                .build();
        this.clock = Worker.start("timeline", STEP, STEP, timeline::endStep);
    }

    public static Profiling start(ProfilerOptions options, TelemetryOptions telemetry) {
        return new Profiling(options, Telemetry.start(telemetry));
    }

    /** Runs a background job once and records its statistics. Rethrows its exception. */
    public void runJob(String name, Runnable job) {
        StatementScope scope = StatementScope.job(name);
        long start = System.nanoTime();
        boolean failed = true;
        try {
            statements.run(scope, () -> {
                job.run();
                return scope;
            });
            failed = false;
        } finally {
            long nanos = System.nanoTime() - start;
            record(scope, nanos, failed);
            jobDuration.record(nanos / 1e9, Attributes.of(JOB, name));
        }
    }

    /** @param failed whether it ended with an internal error */
    private void record(StatementScope scope, long nanos, boolean failed) {
        work.computeIfAbsent(scope.name(), name -> new WorkStatistics(scope.kind(), name))
                .record(nanos, scope.count(), failed);
        if (scope.kind() == StatementScope.Kind.REQUEST) {
            timeline.recordRequest(nanos, failed, scope.count());
        }
    }

    /**
     * Records a request that has ended, and keeps its steps if it is slow, has failed, or is one in a hundred.
     *
     * @param nanos  its duration
     * @param status of its response; 0 if it was not sent completely
     */
    public void recordRequest(StatementScope scope, long nanos, int status) {
        record(scope, nanos, status >= 500);
        if (statements.mode() != ProfilerMode.OFF) {
            kept.record(scope, nanos, status);
        }
    }

    /** Returns what a request spent its time on; empty if it was not kept. */
    public Optional<RequestReport> request(String requestId) {
        return kept.find(requestId).map(RequestReport::of);
    }

    /** Returns the requests whose steps are kept, the slowest first. */
    public List<KeptRequest> keptRequests() {
        return kept.all();
    }

    /** Returns the statistics of all routes that were requested, the most frequent first. */
    public List<WorkReport> requests() {
        return reports(StatementScope.Kind.REQUEST);
    }

    /** Returns the statistics of all background jobs that have run, the most frequent first. */
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

    /** Returns the states of the threads of the profiler. */
    public List<WorkerState> workers() {
        return Stream.concat(Stream.of(clock.state()), statements.watcher().stream())
                .toList();
    }

    /** Stops the profiler and exports the metrics and spans that are waiting. */
    @Override
    public void close() {
        clock.close();
        statements.close();
        telemetry.close();
    }
}
