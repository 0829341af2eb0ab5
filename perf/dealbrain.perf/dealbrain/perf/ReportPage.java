package dealbrain.perf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The report as one page that needs nothing else: no script, no network. */
final class ReportPage {
    private final Report report;

    ReportPage(Report report) {
        this.report = report;
    }

    String html() throws IOException {
        StringBuilder html = new StringBuilder(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
                        + "<title>dealbrain, measured</title><style>" + css()
                        + "</style><h1>dealbrain, measured</h1><p>" + report.day() + " · " + escaped(report.machine())
                        + "</p><ul>");
        report.checks()
                .forEach(check -> html.append(check.isPassed() ? "<li class=\"met\">" : "<li class=\"missed\">")
                        .append(escaped(check.line().substring(2))));
        html.append("</ul><h2>Ratios to what the machine can do, each of one run, measured in turn</h2>")
                .append(ratios());
        html.append("<div class=\"charts\">");
        chart(
                html,
                "A shared page from memory",
                name -> name.startsWith("shared page, hit") || name.startsWith("fixed"));
        chart(
                html,
                "A shared page from the database",
                name -> name.equals("shared page, miss") || name.equals("its statement alone"));
        chart(html, "A collection of 150", name -> name.contains("150") || name.contains("naive"));
        chart(
                html,
                "A page of 150, of a collection of 10,000",
                name -> name.contains("page of 10,000") || name.contains("9,850"));
        html.append("<section><h2>What a collection costs by its size</h2>")
                .append(Chart.sizes(report.sizes()))
                .append("</section></div>");
        html.append(
                "<p>Shares of requests go to the right, each nine as wide as the one before; milliseconds go up, each line ten times the one below.</p>");
        return html.append("</html>").toString();
    }

    private String css() throws IOException {
        try (InputStream css = Objects.requireNonNull(ReportPage.class.getResourceAsStream("page.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String ratios() {
        StringBuilder rows = new StringBuilder(
                "<table class=\"ratios\"><thead><tr><th><th>measured<th>against<th>goal<th>ratio (spread)<th>figures</thead>");
        for (Result each : report.results()) {
            rows.append("<tr><td class=\"")
                    .append(each.isMet() ? "met\">met" : each.ratio() == null ? "\">–" : "missed\">missed")
                    .append("<td><b>")
                    .append(escaped(each.measured()))
                    .append("</b>");
            for (Map.Entry<String, String> cell : List.of(
                    Map.entry("against", each.against()),
                    Map.entry("goal", each.goal().toString()),
                    Map.entry("ratio", each.ratioText()),
                    Map.entry("figures", each.figures()))) {
                rows.append("<td data-name=\"")
                        .append(cell.getKey())
                        .append("\">")
                        .append(escaped(cell.getValue()));
            }
        }
        return rows.append("</table>").toString();
    }

    private void chart(StringBuilder html, String title, Predicate<String> which) {
        Map<String, Latencies> chosen = report.distributions().entrySet().stream()
                .filter(each -> which.test(each.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new));
        if (!chosen.isEmpty()) {
            html.append("<section><h2>")
                    .append(title)
                    .append("</h2>")
                    .append(Chart.distribution(chosen))
                    .append("</section>");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
