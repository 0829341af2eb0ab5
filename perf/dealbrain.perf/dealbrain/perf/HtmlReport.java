package dealbrain.perf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The report as one HTML page with charts, without scripts and without other files. */
final class HtmlReport {
    private static final String TABLE_HEAD = "<table class=\"results\"><thead><tr>"
            + "<th><th>benchmark<th>baseline<th>goal<th>ratio (lowest to highest)<th>values</thead>";
    private static final String CHART_LEGEND = """
            <p>Horizontal: the percentile of the requests. Vertical: the latency on a logarithmic scale, each line ten \
            times the one below.</p>
            """;

    private final Report report;

    HtmlReport(Report report) {
        this.report = report;
    }

    String html() throws IOException {
        StringBuilder html = new StringBuilder(head("Performance of dealbrain", report.headline(), report.day()));
        html.append("<ul>");
        report.checks()
                .forEach(check -> html.append(check.isPassed() ? "<li class=\"met\">" : "<li class=\"missed\">")
                        .append(escaped(check.text())));
        html.append("</ul><h2>Benchmarks, each measured in turn with its baseline</h2>")
                .append(results())
                .append("<div class=\"charts\">")
                .append(chart(
                        "A shared page from the cache",
                        name -> name.startsWith("shared page, cached") || name.startsWith("fixed body")))
                .append(chart(
                        "A shared page from the database",
                        name -> name.equals("shared page, not cached") || name.equals("its statement alone")))
                .append(chart(
                        "A collection of 150", name -> name.contains("150") || name.equals("one statement per row")))
                .append(chart(
                        "A page of 150 items, in a collection of 10,000",
                        name -> name.contains("page of 10,000") || name.contains("9,850")))
                .append(section("Reading a collection, by its size", Chart.sizes(report.readTimes())))
                .append("</div>")
                .append(CHART_LEGEND);
        return html.append("</html>\n").toString();
    }

    static String head(String title, String headline, LocalDate day) throws IOException {
        return """
                <!doctype html><html lang="en"><meta charset="utf-8">\
                <meta name="viewport" content="width=device-width">\
                <title>%s</title><style>%s</style>
                <h1>%s</h1><p>%s<br>%s, %s</p>
                """.formatted(title, css(), title, headline, day.toString(), escaped(Report.machine()));
    }

    private static String css() throws IOException {
        try (InputStream css = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("page.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String results() {
        StringBuilder rows = new StringBuilder(TABLE_HEAD);
        for (BenchmarkResult result : report.results()) {
            rows.append("<tr>").append(verdict(result));
            rows.append("<td><b>").append(escaped(result.benchmark().name())).append("</b>");
            rows.append(cell("baseline", result.benchmark().baseline()));
            rows.append(cell("goal", result.benchmark().goal().toString()));
            rows.append(cell("ratio", result.ratioText()));
            rows.append(cell("values", result.values()));
        }
        return rows.append("</table>").toString();
    }

    private static String verdict(BenchmarkResult result) {
        if (result.ratio() == null) {
            return "<td>–";
        }
        return result.isMet() ? "<td class=\"met\">met" : "<td class=\"missed\">missed";
    }

    private static String cell(String name, String text) {
        return "<td data-name=\"" + name + "\">" + escaped(text);
    }

    private String chart(String title, Predicate<String> isShown) {
        Map<String, Latencies> shown = report.latencies().entrySet().stream()
                .filter(workload -> isShown.test(workload.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new));
        return shown.isEmpty() ? "" : section(title, Chart.latencies(shown));
    }

    static String section(String title, String figure) {
        return "<section><h2>" + title + "</h2>" + figure + "</section>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
