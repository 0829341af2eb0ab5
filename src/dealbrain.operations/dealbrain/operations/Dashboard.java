package dealbrain.operations;

import dealbrain.http.PublicUrl;
import dealbrain.http.Response;
import dealbrain.operations.HealthCheck.Status;
import dealbrain.profiling.HistogramBucket;
import dealbrain.profiling.KeptRequest;
import dealbrain.profiling.Plan;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.StatementDetails;
import dealbrain.profiling.StatementReport;
import dealbrain.profiling.Timeline;
import dealbrain.profiling.WorkReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Collects the content of the pages {@code /ops} and {@code /ops/statements/{fingerprint}}. Thread-safe. */
final class Dashboard {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** The maximum number of rows of a table; {@code /api/v1/ops} returns all of them. */
    private static final int MAX_ROWS = 40;
    /** The maximum length of a warning; the log has the full text. */
    private static final int MAX_WARNING = 220;

    private static final Timeline.Step EMPTY_STEP = new Timeline.Step(Instant.EPOCH, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final Map<Status, String> TITLES =
            Map.of(Status.OK, "Healthy", Status.WARN, "Needs attention", Status.BAD, "Unhealthy");

    private final Profiling profiling;
    private final Versions versions;
    private final List<Supplier<Panel>> panels;
    private final InstantSource clock;
    private final Instant start;

    /** @param panels shown in this order; each is called once for each page, on the thread of the request */
    Dashboard(Profiling profiling, Versions versions, List<Supplier<Panel>> panels, InstantSource clock) {
        this.profiling = profiling;
        this.versions = versions;
        this.panels = List.copyOf(panels);
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Returns the overview page. */
    Response overview(PublicUrl publicUrl) {
        Timeline timeline = profiling.timeline();
        List<Panel> current = panels.stream().map(Supplier::get).toList();
        List<HealthCheck> checks = HealthChecks.checks(timeline, current);
        Status status = HealthChecks.worst(checks);
        Map<String, Object> model = frame(status, publicUrl);
        List<KeptRequest> kept = profiling.keptRequests();
        model.put("title", TITLES.get(status));
        model.put("checks", checks.stream().map(Dashboard::check).toList());
        model.put("tiles", tiles(timeline.steps()));
        model.put("requests", requests(profiling.requests(), kept));
        model.put("failures", RequestPage.failures(kept));
        model.put("jobs", work(profiling.jobs()));
        model.put("statements", statements(profiling.statements().statements()));
        model.put("panels", current);
        VersionReport report = versions.report();
        model.put("previous", report.previous() == null ? "" : report.previous());
        model.put("grown", VersionTable.rows(report));
        model.put(
                "warnings", timeline.warnings().stream().map(Dashboard::warning).toList());
        model.put("slow_ms", profiling.statements().slowThreshold().toMillis());
        return DashboardHtml.overview(model);
    }

    private Map<String, Object> frame(Status status, PublicUrl publicUrl) {
        Map<String, Object> model = new HashMap<>();
        model.put("base", publicUrl.relative(""));
        model.put("status", name(status));
        model.put("now", TIME.format(clock.instant()));
        model.put("uptime", Formats.uptime(Duration.between(start, clock.instant())));
        model.put("version", Version.CURRENT.version());
        model.put("mode", profiling.statements().mode().name().toLowerCase(Locale.ROOT));
        return model;
    }

    private static String name(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> check(HealthCheck check) {
        return Map.of("name", check.name(), "status", name(check.status()), "detail", check.detail());
    }

    private static List<Map<String, String>> tiles(List<Timeline.Step> steps) {
        Timeline.Step last = steps.isEmpty() ? EMPTY_STEP : steps.getLast();
        return List.of(
                tile("Requests per second", Formats::decimal, Formats.decimal(last.rate()), steps, Timeline.Step::rate),
                tile("p95 latency", Formats::millis, Formats.millis(last.p95()), steps, Timeline.Step::p95),
                tile(
                        "Statements per request",
                        Formats::decimal,
                        last.requests() == 0 ? "–" : Formats.decimal(statementsPerRequest(last)),
                        steps,
                        Dashboard::statementsPerRequest),
                tile("5xx responses", Formats::decimal, Formats.count(last.errors()), steps, Timeline.Step::errors));
    }

    private static double statementsPerRequest(Timeline.Step step) {
        return step.requests() == 0 ? 0 : step.statements() / (double) step.requests();
    }

    private static Map<String, String> tile(
            String name,
            DoubleFunction<String> format,
            String value,
            List<Timeline.Step> steps,
            ToDoubleFunction<Timeline.Step> metric) {
        List<Double> values = steps.stream().map(metric::applyAsDouble).toList();
        double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return Map.of(
                "name",
                name,
                "value",
                value,
                "max",
                max == 0 ? "" : format.apply(max),
                "chart",
                Charts.sparkline(values, name));
    }

    /** Returns the routes, each with its slowest request that is kept. */
    private static List<Map<String, Object>> requests(List<WorkReport> reports, List<KeptRequest> kept) {
        Map<String, KeptRequest> slowest = new HashMap<>();
        kept.forEach(request -> slowest.putIfAbsent(request.route(), request));
        List<Map<String, Object>> rows = work(reports);
        rows.forEach(row -> {
            KeptRequest request = slowest.get(String.valueOf(row.get("name")));
            row.put("slowest", request == null ? "" : Formats.millis(request.millis()));
            row.put("request_id", request == null ? "" : request.requestId());
        });
        return rows;
    }

    private static List<Map<String, Object>> work(List<WorkReport> reports) {
        return reports.stream().limit(MAX_ROWS).map(Dashboard::work).toList();
    }

    private static Map<String, Object> work(WorkReport report) {
        Map<String, Object> row = new HashMap<>();
        row.put("name", report.route());
        row.put("count", Formats.count(report.count()));
        row.put("p50", Formats.millis(report.p50Ms()));
        row.put("p95", Formats.millis(report.p95Ms()));
        row.put("p99", Formats.millis(report.p99Ms()));
        row.put("range", Charts.range(report.count(), report.p50Ms(), report.p95Ms(), report.p99Ms()));
        row.put(
                "statements",
                report.statementsMedian()
                        + (report.statementsMax() > report.statementsMedian() ? " – " + report.statementsMax() : ""));
        row.put("errors", countOrEmpty(report.errors()));
        return row;
    }

    /** Returns an empty text for 0, which the templates leave out. */
    private static String countOrEmpty(long number) {
        return number == 0 ? "" : Formats.count(number);
    }

    private static List<Map<String, Object>> statements(List<StatementReport> reports) {
        double total = reports.stream().mapToDouble(StatementReport::totalMs).sum();
        return reports.stream()
                .limit(MAX_ROWS)
                .map(report -> statement(report, total))
                .toList();
    }

    private static Map<String, Object> statement(StatementReport report, double total) {
        Map<String, Object> row = new HashMap<>();
        row.put("fingerprint", report.fingerprint());
        row.put("summary", report.summary());
        row.put("dao", report.daoMethod() == null ? "" : report.daoMethod());
        row.put("count", Formats.count(report.count()));
        row.put("share", Charts.share(report.totalMs(), total));
        row.put("percent", Formats.percent(report.totalMs(), total));
        row.put("mean", Formats.millis(report.meanMs()));
        row.put("p50", Formats.millis(report.p50Ms()));
        row.put("p95", Formats.millis(report.p95Ms()));
        row.put("p99", Formats.millis(report.p99Ms()));
        row.put("max", Formats.millis(report.maxMs()));
        row.put("rows", report.count() == 0 ? "–" : Formats.decimal(report.rows() / (double) report.count()));
        row.put("slow", countOrEmpty(report.slowCount()));
        row.put("repeated", countOrEmpty(report.repeatedCount()));
        row.put("errors", countOrEmpty(report.errorCount()));
        return row;
    }

    private static Map<String, String> warning(Timeline.Warning warning) {
        return Map.of(
                "at",
                TIME.format(warning.at()),
                "text",
                shortened(warning.text()),
                "work",
                warning.work() == null ? "outside of requests and jobs" : warning.work(),
                "times",
                warning.times() == 1 ? "" : Formats.count(warning.times()));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_WARNING ? text : text.substring(0, MAX_WARNING) + "…";
    }

    /** Returns the page of one statement. */
    Response statement(StatementDetails details, PublicUrl publicUrl) {
        StatementReport report = details.report();
        Map<String, Object> model =
                frame(report.slowCount() + report.repeatedCount() == 0 ? Status.OK : Status.WARN, publicUrl);
        model.putAll(statement(report, report.totalMs()));
        model.put("title", report.summary());
        model.put("text", report.statement());
        model.put("call_site", report.callSite() == null ? "" : report.callSite());
        model.put("histogram", histogram(details.histogram()));
        model.put("routes", routes(details));
        Plan plan = details.plan();
        model.put("plan", plan == null ? "" : plan.text());
        model.put("planned_at", plan == null ? "" : TIME.format(plan.at()));
        return DashboardHtml.statement(model);
    }

    private static List<Map<String, String>> histogram(List<HistogramBucket> buckets) {
        long max = buckets.stream().mapToLong(HistogramBucket::count).max().orElse(0);
        return buckets.stream().map(each -> bar(each, max)).toList();
    }

    private static Map<String, String> bar(HistogramBucket bucket, long max) {
        String to = Formats.millis(bucket.toMillis());
        String count = countOrEmpty(bucket.count());
        return Map.of(
                "to",
                to,
                "count",
                count,
                "bar",
                Charts.bar((double) bucket.count(), (double) max, bucket.count() + " up to " + to));
    }

    private static List<Map<String, String>> routes(StatementDetails details) {
        double total =
                details.histogram().stream().mapToDouble(HistogramBucket::count).sum();
        return details.routes().stream()
                .map(each -> Map.of(
                        "name",
                        each.route(),
                        "count",
                        Formats.count(each.count()),
                        "share",
                        Charts.share((double) each.count(), total)))
                .toList();
    }
}
