package dealbrain.operations;

import dealbrain.http.PublicUrl;
import dealbrain.http.Response;
import dealbrain.profiling.KeptRequest;
import dealbrain.profiling.RequestReport;
import dealbrain.profiling.RequestReport.KindTotal;
import dealbrain.profiling.RequestReport.StepReport;
import dealbrain.waterfall.StepKind;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The page {@code /ops/requests/{request_id}}: the waterfall of one request. */
final class RequestPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** The maximum number of links to other requests. */
    private static final int MAX_LINKS = 10;

    private RequestPage() {}

    /** @param all the requests that are kept, to which the page links */
    static Response of(RequestReport request, List<KeptRequest> all, PublicUrl publicUrl) {
        Map<String, Object> model = new HashMap<>();
        model.put("base", publicUrl.relative(""));
        model.put("status", "plain");
        model.put("title", request.route());
        model.put("id", request.requestId());
        model.put("route", request.route());
        model.put("at", TIME.format(request.endedAt()));
        model.put("outcome", outcome(request.status()));
        model.put("duration", Formats.millis(request.durationMs()));
        model.put(
                "totals",
                request.totals().stream().map(each -> total(each, request)).toList());
        model.put("other", Formats.millis(request.otherMs()));
        model.put("other_percent", Formats.percent(request.otherMs(), request.durationMs()));
        model.put(
                "steps",
                request.steps().stream().map(each -> step(each, request)).toList());
        model.put("omitted", request.omittedSteps() == 0 ? "" : Formats.count(request.omittedSteps()));
        model.put("kept", request.kept());
        model.put(
                "others",
                links(
                        all,
                        each -> each.route().equals(request.route())
                                && !each.requestId().equals(request.requestId())));
        return DashboardHtml.request(model);
    }

    /** Returns links to the last requests that failed, newest first. */
    static List<Map<String, String>> failures(List<KeptRequest> all) {
        return links(
                all.stream()
                        .sorted(Comparator.comparing(KeptRequest::at).reversed())
                        .toList(),
                each -> each.reason() == KeptRequest.Reason.FAILED);
    }

    private static List<Map<String, String>> links(List<KeptRequest> all, Predicate<KeptRequest> wanted) {
        return all.stream()
                .filter(wanted)
                .limit(MAX_LINKS)
                .map(RequestPage::link)
                .toList();
    }

    private static Map<String, String> link(KeptRequest request) {
        return Map.of(
                "id",
                request.requestId(),
                "at",
                TIME.format(request.at()),
                "route",
                request.route(),
                "status",
                outcome(request.status()),
                "duration",
                Formats.millis(request.millis()),
                "kept",
                request.reason().label());
    }

    private static String outcome(int status) {
        return status == 0 ? "client disconnected" : "status " + status;
    }

    private static Map<String, String> total(KindTotal total, RequestReport request) {
        return Map.of(
                "name",
                name(total.kind()),
                "duration",
                Formats.millis(total.durationMs()),
                "percent",
                Formats.percent(total.durationMs(), request.durationMs()),
                "count",
                total.count() == 1 ? "" : Formats.count(total.count()));
    }

    private static Map<String, Object> step(StepReport step, RequestReport request) {
        String method = step.daoMethod();
        String name = step.kind() == StepKind.STATEMENT && method != null ? method : name(step.kind());
        String duration = Formats.millis(step.activeMs());
        Map<String, Object> row = new HashMap<>();
        row.put("name", name);
        row.put("detail", detail(step));
        row.put("fingerprint", step.kind() == StepKind.STATEMENT ? step.fingerprint() : "");
        row.put("lock", step.kind() == StepKind.LOCK);
        row.put("start", step.startMs() < 0.001 ? "0" : Formats.millis(step.startMs()));
        row.put("duration", duration);
        row.put(
                "bar",
                Charts.step(
                        step.startMs(),
                        step.startMs() + step.durationMs(),
                        request.durationMs(),
                        color(step.kind()),
                        duration + " from " + row.get("start")));
        return row;
    }

    /** Returns what a statement did, or how often a joined step occurred; empty if there is nothing to say. */
    private static String detail(StepReport step) {
        if (step.kind() == StepKind.STATEMENT) {
            String result = step.sqlState() == null ? rows(step.rows()) : "failed with SQLSTATE " + step.sqlState();
            return step.summary() + ", " + result;
        }
        return step.count() == 1
                ? ""
                : Formats.count(step.count()) + " times within " + Formats.millis(step.durationMs());
    }

    private static String rows(@Nullable Long rows) {
        if (rows == null) {
            return "no rows";
        }
        return rows == 1 ? "1 row" : Formats.count(rows) + " rows";
    }

    private static String color(StepKind kind) {
        return switch (kind) {
            case STATEMENT -> "fine";
            case LOCK -> "lock";
            case CONNECTION, ACKNOWLEDGEMENT, SHARED_LOAD, REQUEST_BODY, SOCKET -> "wait";
            case JSON, GZIP -> "work";
        };
    }

    private static String name(StepKind kind) {
        return switch (kind) {
            case STATEMENT -> "Statements";
            case CONNECTION -> "Wait for a connection";
            case LOCK -> "Wait for a lock";
            case ACKNOWLEDGEMENT -> "Acknowledgement of the change";
            case SHARED_LOAD -> "Wait for the load of another request";
            case REQUEST_BODY -> "Body of the request";
            case JSON -> "JSON";
            case GZIP -> "Compression";
            case SOCKET -> "Writing to the socket";
        };
    }
}
