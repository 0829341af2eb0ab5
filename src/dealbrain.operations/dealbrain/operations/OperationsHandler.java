package dealbrain.operations;

import dealbrain.accounts.Accounts;
import dealbrain.accounts.AuditAction;
import dealbrain.accounts.AuditTarget;
import dealbrain.http.Access;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.RequestReport;
import dealbrain.profiling.StatementDetails;
import dealbrain.profiling.StatementProfiler;
import dealbrain.profiling.StatementReport;
import dealbrain.profiling.WorkReport;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The dashboard {@code /ops}, {@code /metrics}, and the endpoints under {@code /api/v1/ops}, for administrators, and
 * {@code /version}.
 */
final class OperationsHandler {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-z]+");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]+");
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /** The settings that can be changed at run time. */
    record SettingsInput(@Min(1) @Max(60_000) int slowQueryThresholdMs) {}

    private final Profiling profiling;
    private final Dashboard dashboard;
    private final Versions versions;
    private final MetricsAccess metricsAccess;
    private final Accounts accounts;

    OperationsHandler(
            Profiling profiling,
            Dashboard dashboard,
            Versions versions,
            MetricsAccess metricsAccess,
            Accounts accounts) {
        this.profiling = profiling;
        this.dashboard = dashboard;
        this.versions = versions;
        this.metricsAccess = metricsAccess;
        this.accounts = accounts;
    }

    void routes(Router router) {
        router.get("/ops", request -> dashboard.overview(request.publicUrl()))
                .access(Access.OPERATOR)
                .operation("getDashboard")
                .linked()
                .summary("The dashboard: health, requests, statements, cache, connection pool")
                .produces(Response.HTML)
                .returns(String.class);
        router.get("/ops/statements/{fingerprint}", this::statement)
                .access(Access.OPERATOR)
                .operation("getStatementPage")
                .linked(FINGERPRINT)
                .summary("One statement on the dashboard")
                .produces(Response.HTML)
                .returns(String.class);
        router.get("/ops/requests/{request_id}", this::requestPage)
                .access(Access.OPERATOR)
                .operation("getRequestPage")
                .texts("request_id")
                .linked(REQUEST_ID)
                .summary("What one request spent its time on, on the dashboard")
                .produces(Response.HTML)
                .returns(String.class);
        router.get("/version", _ -> Response.ok(Version.CURRENT))
                .access(Access.PUBLIC)
                .operation("getVersion")
                .summary("The version of the server")
                .returns(Version.class);
        router.get("/metrics", _ -> metrics())
                .access(Access.METRICS)
                .openTo(metricsAccess::allows)
                .operation("getMetrics")
                .summary("All metrics in the text format of Prometheus; from trusted addresses without a token")
                .produces(PROMETHEUS)
                .returns(String.class);
        router.get("/api/v1/ops/queries", this::queries)
                .access(Access.ADMIN)
                .operation("listQueryStatistics")
                .summary("The statistics of all statements, largest total time first")
                .query(ReportQuery.class)
                .returnsPageOf(StatementReport.class);
        router.get("/api/v1/ops/requests", this::requests)
                .access(Access.ADMIN)
                .operation("listRequestStatistics")
                .summary("The statistics of all routes that received requests, most frequent first")
                .query(ReportQuery.class)
                .returnsPageOf(WorkReport.class);
        router.get("/api/v1/ops/requests/{request_id}", this::request)
                .access(Access.ADMIN)
                .operation("getRequest")
                .texts("request_id")
                .summary("What one request spent its time on: its statements and waits; only some requests are kept")
                .returns(RequestReport.class);
        router.get("/api/v1/ops/jobs", this::jobs)
                .access(Access.ADMIN)
                .operation("listJobStatistics")
                .summary("The statistics of all background jobs that have run, most frequent first")
                .query(ReportQuery.class)
                .returnsPageOf(WorkReport.class);
        router.get("/api/v1/ops/versions", _ -> versions())
                .access(Access.ADMIN)
                .operation("getVersionStatistics")
                .summary("The statistics of routes and statements of this version and of the one before")
                .returns(VersionReport.class);
        router.get("/api/v1/ops/settings", _ -> Response.ok(settings()))
                .access(Access.ADMIN)
                .operation("getProfilerSettings")
                .summary("The settings of the profiler")
                .returns(OperationsSettings.class);
        router.patch("/api/v1/ops/settings", this::changeSettings)
                .access(Access.ADMIN)
                .operation("updateProfilerSettings")
                .summary("Change the threshold of slow statements until the server restarts")
                .patch(SettingsInput.class)
                .returns(OperationsSettings.class);
    }

    Response statement(Request request) {
        String fingerprint = request.pathText("fingerprint");
        StatementDetails statement = profiling
                .statements()
                .statement(fingerprint)
                .orElseThrow(() -> ProblemException.notFound("statement", fingerprint));
        return dashboard.statement(statement, request.publicUrl());
    }

    Response requestPage(Request request) {
        return RequestPage.of(kept(request), profiling.keptRequests(), request.publicUrl());
    }

    private RequestReport kept(Request request) {
        String id = request.pathText("request_id");
        return profiling
                .request(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "the steps of request " + id + " are not kept: each instance keeps those of the five slowest"
                                + " requests of each route, of the last five that failed, and of one in a hundred"));
    }

    Response metrics() {
        return Response.text(200, PROMETHEUS, profiling.telemetry().prometheusText())
                .with("Cache-Control", "no-store");
    }

    Response queries(Request request) {
        return page(request.query(ReportQuery.class)
                .page(
                        "statements",
                        profiling.statements().statements(),
                        statement -> Math.round(statement.totalMs() * 1000),
                        StatementReport::fingerprint));
    }

    Response requests(Request request) {
        return work(request, "requests", profiling.requests());
    }

    Response request(Request request) {
        return Response.ok(kept(request)).with("Cache-Control", "no-store");
    }

    Response jobs(Request request) {
        return work(request, "jobs", profiling.jobs());
    }

    Response versions() {
        return Response.ok(versions.report()).with("Cache-Control", "no-store");
    }

    private static Response work(Request request, String name, List<WorkReport> reports) {
        return page(request.query(ReportQuery.class).page(name, reports, WorkReport::count, WorkReport::route));
    }

    private static Response page(PagedList<?> page) {
        return Response.ok(page).with("Cache-Control", "no-store");
    }

    private OperationsSettings settings() {
        StatementProfiler statements = profiling.statements();
        return new OperationsSettings(
                statements.slowThreshold().toMillis(),
                statements.repeatedThreshold(),
                statements.mode(),
                Version.CURRENT.version());
    }

    Response changeSettings(Request request) {
        StatementProfiler statements = profiling.statements();
        int before = Math.toIntExact(statements.slowThreshold().toMillis());
        SettingsInput input = request.patch(SettingsInput.class).applyTo(new SettingsInput(before));
        accounts.auditLog()
                .record(
                        AuditAction.PROFILER_SETTINGS_CHANGED,
                        accounts.authentication().user(request),
                        AuditTarget.of("profiler"),
                        Map.of("slow_query_threshold_ms", input.slowQueryThresholdMs()));
        statements.slowThreshold(Duration.ofMillis(input.slowQueryThresholdMs()));
        return Response.ok(settings());
    }
}
