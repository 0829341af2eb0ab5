package dealbrain.operations;

import dealbrain.http.Response;
import dealbrain.operations.Check.State;
import dealbrain.profiling.HistogramBucket;
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

/** What the operator's page says, made anew for each look at it. Safe for use by many threads. */
public final class OperationsPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** As many rows as a person reads; the rest is under {@code /api/v1/ops}. */
    private static final int ROWS = 40;
    /** So much of a warning that it is known again; the log has all of it. */
    private static final int WARNING = 220;

    private static final Map<State, String> VERDICTS =
            Map.of(State.OK, "All is well", State.WARN, "Have a look", State.BAD, "Something is wrong");

    private final Profiling profiling;
    private final List<Supplier<Section>> sections;
    private final InstantSource clock;
    private final Instant start;

    /** A page with sections of others, in this order, each asked for whenever the page is looked at. */
    public OperationsPage(Profiling profiling, List<Supplier<Section>> sections, InstantSource clock) {
        this.profiling = profiling;
        this.sections = List.copyOf(sections);
        this.clock = clock;
        this.start = clock.instant();
    }

    Response overview() {
        List<Section> others = sections.stream().map(Supplier::get).toList();
        List<Check> checks = Wellness.checks(profiling.timeline(), others);
        State state = Wellness.worst(checks);
        Map<String, Object> model = frame(state);
        model.put("title", VERDICTS.get(state));
        model.put("checks", checks.stream().map(OperationsPage::check).toList());
        model.put("tiles", tiles(profiling.timeline().steps()));
        model.put(
                "requests",
                profiling.requests().stream()
                        .limit(ROWS)
                        .map(OperationsPage::work)
                        .toList());
        model.put(
                "jobs",
                profiling.jobs().stream().limit(ROWS).map(OperationsPage::work).toList());
        model.put("statements", statements(profiling.statements().statements()));
        model.put("sections", others);
        model.put(
                "warnings",
                profiling.timeline().warnings().stream()
                        .map(OperationsPage::warning)
                        .toList());
        model.put("slow_ms", profiling.statements().slowThreshold().toMillis());
        return OperationsTemplates.overview(model);
    }

    private Map<String, Object> frame(State state) {
        Map<String, Object> model = new HashMap<>();
        model.put("state", name(state));
        model.put("now", TIME.format(clock.instant()));
        model.put("uptime", Numbers.uptime(Duration.between(start, clock.instant())));
        model.put("mode", profiling.statements().mode().name().toLowerCase(Locale.ROOT));
        return model;
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> check(Check check) {
        return Map.of("name", check.name(), "state", name(check.state()), "detail", check.detail());
    }

    private static List<Map<String, String>> tiles(List<Timeline.Step> steps) {
        Timeline.Step now =
                steps.isEmpty() ? new Timeline.Step(Instant.EPOCH, 0, 0, 0, 0, 0, 0, 0, 0, 0) : steps.getLast();
        double perRequest = now.requests() == 0 ? 0 : now.statements() / (double) now.requests();
        return List.of(
                tile("Requests a second", Numbers::digits, Numbers.digits(now.rate()), steps, Timeline.Step::rate),
                tile("95 of 100 within", Numbers::millis, Numbers.millis(now.p95()), steps, Timeline.Step::p95),
                tile(
                        "Statements a request",
                        Numbers::digits,
                        now.requests() == 0 ? "–" : Numbers.digits(perRequest),
                        steps,
                        step -> step.requests() == 0 ? 0 : step.statements() / (double) step.requests()),
                tile("Failed requests", Numbers::digits, Numbers.count(now.errors()), steps, Timeline.Step::errors));
    }

    private static Map<String, String> tile(
            String name,
            DoubleFunction<String> format,
            String value,
            List<Timeline.Step> steps,
            ToDoubleFunction<Timeline.Step> figure) {
        List<Double> course = steps.stream().map(figure::applyAsDouble).toList();
        double top = course.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return Map.of(
                "name",
                name,
                "value",
                value,
                "top",
                top == 0 ? "" : format.apply(top),
                "chart",
                Charts.sparkline(course, name));
    }

    private static Map<String, Object> work(WorkReport report) {
        Map<String, Object> row = new HashMap<>();
        row.put("name", report.route());
        row.put("count", Numbers.count(report.count()));
        row.put("p50", Numbers.millis(report.p50Ms()));
        row.put("p95", Numbers.millis(report.p95Ms()));
        row.put("p99", Numbers.millis(report.p99Ms()));
        row.put("range", Charts.range(report));
        row.put(
                "statements",
                report.statementsMedian()
                        + (report.statementsMax() > report.statementsMedian() ? " – " + report.statementsMax() : ""));
        row.put("errors", report.errors() == 0 ? "" : Numbers.count(report.errors()));
        return row;
    }

    private static List<Map<String, Object>> statements(List<StatementReport> reports) {
        double total = reports.stream().mapToDouble(StatementReport::totalMs).sum();
        return reports.stream()
                .limit(ROWS)
                .map(report -> statement(report, total))
                .toList();
    }

    private static Map<String, Object> statement(StatementReport report, double total) {
        Map<String, Object> row = new HashMap<>();
        row.put("fingerprint", report.fingerprint());
        row.put("summary", report.summary());
        row.put("dao", report.daoMethod() == null ? "" : report.daoMethod());
        row.put("count", Numbers.count(report.count()));
        row.put("share", Charts.share(report.totalMs(), total));
        row.put("percent", Numbers.percent(report.totalMs(), total));
        row.put("mean", Numbers.millis(report.meanMs()));
        row.put("p50", Numbers.millis(report.p50Ms()));
        row.put("p95", Numbers.millis(report.p95Ms()));
        row.put("p99", Numbers.millis(report.p99Ms()));
        row.put("max", Numbers.millis(report.maxMs()));
        row.put("rows", report.count() == 0 ? "–" : Numbers.digits(report.rows() / (double) report.count()));
        row.put("slow", report.slowCount() == 0 ? "" : Numbers.count(report.slowCount()));
        row.put("repeated", report.repeatedCount() == 0 ? "" : Numbers.count(report.repeatedCount()));
        row.put("errors", report.errorCount() == 0 ? "" : Numbers.count(report.errorCount()));
        return row;
    }

    private static Map<String, String> warning(Timeline.Warning warning) {
        return Map.of(
                "at",
                TIME.format(warning.at()),
                "text",
                shortened(warning.text()),
                "work",
                warning.work() == null ? "outside of any request" : warning.work(),
                "times",
                warning.times() == 1 ? "" : Numbers.count(warning.times()));
    }

    private static String shortened(String text) {
        return text.length() <= WARNING ? text : text.substring(0, WARNING) + "…";
    }

    Response statement(StatementDetails details) {
        StatementReport report = details.report();
        Map<String, Object> model = frame(report.slowCount() + report.repeatedCount() == 0 ? State.OK : State.WARN);
        model.putAll(statement(report, report.totalMs()));
        model.put("title", report.summary());
        model.put("text", report.statement());
        model.put("site", report.callSite() == null ? "" : report.callSite());
        model.put("histogram", Charts.histogram(details.histogram()));
        double all =
                details.histogram().stream().mapToDouble(HistogramBucket::count).sum();
        model.put(
                "routes",
                details.routes().stream()
                        .map(each -> Map.of(
                                "name",
                                each.route(),
                                "count",
                                Numbers.count(each.count()),
                                "share",
                                Charts.share((double) each.count(), all)))
                        .toList());
        Plan plan = details.plan();
        model.put("plan", plan == null ? "" : plan.text());
        model.put("planned", plan == null ? "" : TIME.format(plan.at()));
        return OperationsTemplates.statement(model);
    }
}
