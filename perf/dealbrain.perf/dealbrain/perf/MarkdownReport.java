package dealbrain.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The report as Markdown: a file for {@code perf/results}, and a short table for the README. */
final class MarkdownReport {
    /** A row of the README, by the id of a benchmark. */
    private record ReadmeRow(String id, String text, String baseline) {}

    private static final List<ReadmeRow> README_ROWS = List.of(
            new ReadmeRow(
                    "hit-32-rate",
                    "A shared page from the cache, over 32 connections",
                    "the JDK's HTTP server with a fixed body of the same size and the same header fields"),
            new ReadmeRow(
                    "hit-32-bare-rate",
                    "The same",
                    "the JDK's HTTP server without these header fields, which the API promises"),
            new ReadmeRow(
                    "collection",
                    "A collection of 150 listings with all their parts, in one SQL statement",
                    "the statement alone, by plain JDBC"),
            new ReadmeRow("again", "The same collection, read again unchanged", "its first read"),
            new ReadmeRow(
                    "naive",
                    "The same collection by one SQL statement per row (N+1)",
                    "the application, read again unchanged"),
            new ReadmeRow("cursor", "The page at 9,850 of a collection of 10,000", "the first page"),
            new ReadmeRow("profiler-full", "The collection of 150, with the SQL profiler on", "the profiler off"));

    private MarkdownReport() {}

    /** Returns the whole report, as it is stored by its date. */
    static String of(Report report) {
        StringBuilder text = new StringBuilder("# Performance on " + report.day() + "\n\n" + report.headline()
                + " " + Report.machine() + ".\nMeasured by `make perf`, each benchmark in turn with its baseline. "
                + "The ratio is the median of the rounds,\nwith the lowest and the highest.\n\n");
        report.checks().forEach(check -> text.append(check.line()).append("  \n"));
        text.append('\n').append(table(resultRows(report)));
        for (List<List<String>> rows : List.of(report.startRows(), report.allocationRows(), report.sizeRows())) {
            text.append('\n').append(table(rows));
        }
        return text.toString();
    }

    private static List<List<String>> resultRows(Report report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "benchmark", "baseline", "goal", "ratio", "values"));
        report.results()
                .forEach(result -> rows.add(List.of(
                        result.mark(),
                        result.benchmark().name(),
                        result.benchmark().baseline(),
                        result.benchmark().goal().toString(),
                        result.ratioText(),
                        result.values())));
        return rows;
    }

    /** Returns what the README shows between its two markers. */
    static String readme(Report report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "measured", "compared with", "ratio", "goal"));
        for (ReadmeRow row : README_ROWS) {
            find(report, row.id())
                    .ifPresent(result -> rows.add(List.of(
                            row.text(),
                            result.value(),
                            row.baseline() + ": " + result.baselineValue(),
                            result.ratio() == null
                                    ? "–"
                                    : Format.ratio(result.ratio().median()),
                            result.benchmark().goal() + " " + result.mark())));
        }
        return "Measured on " + report.day() + ", " + Report.machine() + ".\n" + report.headline()
                + " The ratio is the measured value divided by the other one. [All results](perf/results/"
                + report.day() + ".md)\n\n" + table(rows);
    }

    private static Optional<BenchmarkResult> find(Report report, String id) {
        return report.results().stream()
                .filter(result -> result.benchmark().id().equals(id))
                .findFirst();
    }

    static String table(List<List<String>> rows) {
        StringBuilder text = new StringBuilder(line(rows.getFirst()))
                .append("|---".repeat(rows.getFirst().size()))
                .append("|\n");
        rows.stream().skip(1).forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
