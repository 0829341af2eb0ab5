package dealbrain.perf;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The page {@code stored.html}: a chart of cost against what is stored, and the tables. */
final class StoredHtml {
    private StoredHtml() {}

    static String of(StoredReport report) throws IOException {
        return HtmlReport.head(StoredReport.TITLE, report.headline(), report.day())
                + "<p>" + HtmlReport.escaped(StoredReport.EXPLANATION)
                + "<div class=\"charts\">"
                + HtmlReport.section(
                        "The slowest request of each kind, by the number of stored listings",
                        Chart.stored(report.lines()))
                + "</div>"
                + HtmlReport.section("By filter", table(report.summaryRows()))
                + HtmlReport.section("All requests: p50 (p95)", table(report.rows()))
                + "</html>\n";
    }

    private static String table(List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<table><thead>").append(line(rows.getFirst(), "<th>"));
        html.append("</thead>");
        rows.stream().skip(1).forEach(row -> html.append(line(row, "<td>")));
        return html.append("</table>").toString();
    }

    private static String line(List<String> row, String cell) {
        return row.stream().map(text -> cell(cell, text)).collect(Collectors.joining("", "<tr>", ""));
    }

    private static String cell(String cell, String text) {
        return switch (text) {
            case StoredResult.MET -> "<td class=\"met\">met";
            case StoredResult.MISSED -> "<td class=\"missed\">missed";
            default -> cell + HtmlReport.escaped(text);
        };
    }
}
