package dealbrain.operations;

import dealbrain.http.PublicUrl;
import dealbrain.http.Response;
import dealbrain.recording.Frame;
import dealbrain.recording.RouteSamples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page {@code /ops/flames}: what the routes spent processor time on while it was recorded. */
final class FlamesPage {
    /** The maximum number of rows of the table. */
    private static final int MAX_ROUTES = 20;
    /** The maximum number of methods in a row. */
    private static final int MAX_METHODS = 3;

    private FlamesPage() {}

    static Response of(RouteSamples samples, int seconds, PublicUrl publicUrl) {
        Map<String, Object> model = new HashMap<>();
        model.put("base", publicUrl.relative(""));
        model.put("status", "plain");
        model.put("title", "Processor time by route");
        model.put("seconds", seconds);
        model.put("requests", Formats.count(samples.requests()));
        model.put("named", percent(samples.named(), samples.requests()));
        model.put("others", Formats.count(samples.others()));
        model.put("lost", Formats.count(samples.lost()));
        model.put("graph", samples.named() == 0 ? "" : FlameGraph.svg(samples.routes(), samples.named()));
        model.put(
                "routes",
                samples.routes().stream()
                        .limit(MAX_ROUTES)
                        .map(route -> row(route, samples.named()))
                        .toList());
        return DashboardHtml.flames(model);
    }

    private static Map<String, String> row(Frame route, long all) {
        return Map.of(
                "name",
                route.name(),
                "samples",
                Formats.count(route.samples()),
                "share",
                Charts.share((double) route.samples(), (double) all),
                "percent",
                percent(route.samples(), all),
                "methods",
                methods(route));
    }

    private static String percent(long part, long whole) {
        return Formats.percent((double) part, (double) whole);
    }

    /** Returns the methods with the most samples of their own. */
    private static String methods(Frame route) {
        Map<String, Long> self = new HashMap<>();
        List<Frame> open = new ArrayList<>(route.children());
        while (!open.isEmpty()) {
            Frame frame = open.removeLast();
            self.merge(frame.name(), frame.self(), Long::sum);
            open.addAll(frame.children());
        }
        return self.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_METHODS)
                .map(each -> each.getKey() + " " + percent(each.getValue(), route.samples()))
                .reduce((a, b) -> a + ", " + b)
                .orElse("–");
    }
}
