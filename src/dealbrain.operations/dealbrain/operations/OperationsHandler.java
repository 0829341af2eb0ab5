package dealbrain.operations;

import dealbrain.http.Access;
import dealbrain.http.AddressRange;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.StatementProfiler;
import dealbrain.profiling.StatementReport;
import dealbrain.profiling.WorkReport;
import java.time.Duration;
import java.util.List;

/** What the operator asks: the page, the same figures as JSON, and the metrics. */
public final class OperationsHandler {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    /** A request with one of these came through a proxy, so that its address says nothing of who asks. */
    private static final List<String> PROXIED = List.of("Forwarded", "X-Forwarded-For", "Via");

    private final Profiling profiling;
    private final OperationsPage page;
    private final List<AddressRange> metricsFrom;

    /** A handler whose metrics can be read without a token from these addresses. */
    public OperationsHandler(Profiling profiling, OperationsPage page, List<AddressRange> metricsFrom) {
        this.profiling = profiling;
        this.page = page;
        this.metricsFrom = List.copyOf(metricsFrom);
    }

    public void routes(Router router) {
        router.get("/ops", _ -> page.overview())
                .access(Access.OPERATOR)
                .summary("What runs, how well, and which statements, as a page")
                .produces(Response.HTML)
                .returns(String.class);
        router.get("/ops/statements/{fingerprint}", this::statementPage)
                .access(Access.OPERATOR)
                .summary("One statement as a page")
                .produces(Response.HTML)
                .returns(String.class);
        router.get("/metrics", _ -> metrics())
                .access(Access.OPERATOR)
                .openTo(this::isTrusted)
                .summary(
                        "All metrics in the text format of Prometheus; from some addresses, such as this machine's own, without a token")
                .produces(PROMETHEUS)
                .returns(String.class);
        router.get("/api/v1/ops/queries", this::queries)
                .access(Access.ADMIN)
                .summary("Every statement seen, by the time that it took in all")
                .query(OperationsQuery.class)
                .returnsPageOf(StatementReport.class);
        router.get("/api/v1/ops/requests", this::requests)
                .access(Access.ADMIN)
                .summary("Every route that was asked for, the most frequent first")
                .query(OperationsQuery.class)
                .returnsPageOf(WorkReport.class);
        router.get("/api/v1/ops/jobs", this::jobs)
                .access(Access.ADMIN)
                .summary("Every background job that has run")
                .query(OperationsQuery.class)
                .returnsPageOf(WorkReport.class);
        router.get("/api/v1/ops/settings", _ -> Response.ok(settings()))
                .access(Access.ADMIN)
                .summary("How the program is watched")
                .returns(OperationsSettings.class);
        router.patch("/api/v1/ops/settings", this::change)
                .access(Access.ADMIN)
                .summary("Change from when on a statement is slow, until the program ends")
                .patch(OperationsChange.class)
                .returns(OperationsSettings.class);
    }

    Response statementPage(Request request) {
        String fingerprint = request.pathText("fingerprint");
        return page.statement(profiling
                .statements()
                .statement(fingerprint)
                .orElseThrow(() -> ProblemException.notFound("statement", fingerprint)));
    }

    private boolean isTrusted(Request request) {
        return metricsFrom.stream().anyMatch(range -> range.contains(request.client()))
                && PROXIED.stream().allMatch(header -> request.header(header).isEmpty());
    }

    Response metrics() {
        return Response.text(200, PROMETHEUS, profiling.telemetry().prometheusText())
                .with("Cache-Control", "no-store");
    }

    Response queries(Request request) {
        return live(
                request.query(OperationsQuery.class).cut(profiling.statements().statements()));
    }

    Response requests(Request request) {
        return live(request.query(OperationsQuery.class).cut(profiling.requests()));
    }

    Response jobs(Request request) {
        return live(request.query(OperationsQuery.class).cut(profiling.jobs()));
    }

    private static Response live(Object figures) {
        return Response.ok(figures).with("Cache-Control", "no-store");
    }

    private OperationsSettings settings() {
        StatementProfiler statements = profiling.statements();
        return new OperationsSettings(
                statements.slowThreshold().toMillis(), statements.repeatedThreshold(), statements.mode());
    }

    Response change(Request request) {
        StatementProfiler statements = profiling.statements();
        OperationsChange change = request.patch(OperationsChange.class)
                .applyTo(new OperationsChange(
                        Math.toIntExact(statements.slowThreshold().toMillis())));
        statements.slowThreshold(Duration.ofMillis(change.slowQueryThresholdMs()));
        return Response.ok(settings());
    }
}
