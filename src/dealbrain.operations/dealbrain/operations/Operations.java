package dealbrain.operations;

import dealbrain.accounts.Accounts;
import dealbrain.background.WorkerState;
import dealbrain.caching.Cache;
import dealbrain.changes.ChangeStatus;
import dealbrain.database.Database;
import dealbrain.database.Migrations;
import dealbrain.database.PoolListener;
import dealbrain.http.ExchangeObserver;
import dealbrain.http.Filter;
import dealbrain.http.Router;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.Telemetry;
import dealbrain.recording.Recordings;
import dealbrain.standby.StandbyStatus;
import dealbrain.views.Views;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * The operator's view of a running instance: health, the dashboard {@code /ops}, statistics as JSON, metrics for
 * Prometheus, and cache administration. Thread-safe.
 */
public final class Operations {
    private final Profiling profiling;
    private final HealthHandler health;
    private final CacheWarmup warmup;
    private final CacheHandler cacheHandler;
    private final OperationsHandler handler;
    private final Versions versions;
    private final Recordings recordings = new Recordings();
    private final RecordingHandler recordingHandler;

    /**
     * Adds the metrics of the cache, the change log, the standby, the views, the connection pool and the background
     * threads to the telemetry.
     *
     * @param changes the state of the change log; called often, so it must not execute statements
     * @param standby the state of the standby; empty if none is configured
     * @param workers the state of each background thread
     * @param warmup  loads up to the given number of shared pages into the cache, the most viewed first; returns the
     *                number of pages that are cached now
     */
    public Operations(
            Profiling profiling,
            Jdbi jdbi,
            Database database,
            Migrations migrations,
            Cache cache,
            Views views,
            Supplier<ChangeStatus> changes,
            Supplier<Optional<StandbyStatus>> standby,
            Supplier<List<WorkerState>> workers,
            IntUnaryOperator warmup,
            MetricsAccess metricsAccess,
            Accounts accounts) {
        this.profiling = profiling;
        DegradationChecks checks =
                new DegradationChecks(() -> cache.stats().redis(), cache::redisFailure, changes, standby, workers);
        this.health = new HealthHandler(database, migrations, cache, checks);
        this.warmup = new CacheWarmup(warmup);
        this.cacheHandler = new CacheHandler(cache, this.warmup, accounts);
        InstantSource clock = InstantSource.system();
        this.versions = new Versions(profiling, jdbi, Version.CURRENT.version());
        Dashboard dashboard = new Dashboard(
                profiling,
                versions,
                List.of(
                        new CachePanel(cache, views, checks),
                        new DatabasePanel(database, checks),
                        new BackgroundPanel(checks, clock)),
                clock);
        this.handler = new OperationsHandler(profiling, dashboard, versions, metricsAccess, accounts);
        this.recordingHandler = new RecordingHandler(recordings, accounts);
        PoolMetrics.observe(profiling.telemetry(), database);
        CacheMetrics.observe(profiling.telemetry(), cache);
        ChangeMetrics.observe(profiling.telemetry(), changes);
        StandbyMetrics.observe(profiling.telemetry(), standby);
        WorkerMetrics.observe(profiling.telemetry(), workers);
        ViewMetrics.observe(profiling.telemetry(), views);
    }

    /** Returns a listener that records pool events as metrics. Static, since it is needed to open the database. */
    public static PoolListener poolListener(Telemetry telemetry) {
        return new PoolMetrics(telemetry);
    }

    public void routes(Router router) {
        health.routes(router);
        cacheHandler.routes(router);
        handler.routes(router);
        recordingHandler.routes(router);
    }

    /**
     * Returns an observer that records statistics, a span and a log line for each request.
     *
     * @param accessLog whether each request is logged
     */
    public ExchangeObserver requestObserver(boolean accessLog) {
        return new RequestObserver(profiling, accessLog);
    }

    /** Stores the statistics of this version. One statement. To be called once a minute. */
    public void storeStatistics() {
        versions.store();
    }

    /** Returns a filter that adds the number of statements to each response, for development. */
    public Filter statementHeaders() {
        return new StatementHeaders();
    }

    /** Starts to load up to {@code pages} shared pages into the cache, the most viewed first, and returns at once. */
    public void warmUpCache(int pages) {
        warmup.start(pages);
    }

    /**
     * Reports this instance as not ready from now on, so that load balancers send no new requests, and ends a recording
     * that is being made.
     */
    public void drain() {
        recordings.close();
        health.drain();
    }
}
