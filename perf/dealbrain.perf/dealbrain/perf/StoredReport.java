package dealbrain.perf;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@link StoredBenchmark} measured, as tables and lines of a chart.
 *
 * @param failures the requests that could not be measured, a line each
 */
record StoredReport(LocalDate day, List<StoredResult> results, List<String> failures) {
    static final String TITLE = "Cost by stored listings";
    static final String EXPLANATION =
            "One request at a time, in turn at each number of stored listings. The ratio is that"
                    + " of the medians at the largest and\nthe smallest number; there is none where the responses have"
                    + " different numbers of rows.";

    /** Returns how many goals were met and missed. */
    String headline() {
        long goals = results.stream().filter(StoredResult::hasGoal).count();
        long missed = missedGoals().size();
        return Format.count(goals - missed) + " of " + Format.count(goals) + " goals met, " + Format.count(missed)
                + " missed" + (failures.isEmpty() ? "" : ", " + Format.count(failures.size()) + " failed")
                + ".";
    }

    /** Returns the failures and the missed goals. */
    List<String> problems() {
        return Stream.concat(failures.stream(), missedGoals().stream()).toList();
    }

    /** Returns a line for each. */
    List<String> missedGoals() {
        return results.stream()
                .filter(StoredResult::isMissed)
                .map(result -> "goal not met: " + result.request().name() + ": " + String.join(", ", result.medians()))
                .toList();
    }

    /** Returns the rows of a table with the slowest request of each subject, with a header. */
    List<List<String>> summaryRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(header("slowest request of", "missed"));
        by(StoredRequest::subject).forEach((subject, all) -> {
            long missed = all.stream().filter(StoredResult::isMissed).count();
            StoredResult slowest = slowest(all);
            rows.add(row(
                    missed > 0 ? StoredResult.MISSED : slowest.mark(),
                    subject,
                    missed + " of " + all.size(),
                    slowest.medians()));
        });
        return rows;
    }

    /** Returns the rows of a table with all requests, with a header. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(header("request", "order and page"));
        results.forEach(result -> rows.add(
                row(result.mark(), result.request().subject(), result.request().details(), result.mediansWithP95())));
        return rows;
    }

    private static List<String> header(String first, String second) {
        List<String> header = new ArrayList<>(List.of("", first, second));
        StoredBenchmark.SIZES.forEach(size -> header.add(Format.count(size)));
        header.addAll(List.of("ratio", "goal"));
        return header;
    }

    private static List<String> row(String mark, String first, String second, List<String> values) {
        List<String> row = new ArrayList<>(List.of(mark, first, second));
        row.addAll(values);
        return row;
    }

    /** Returns the median of the slowest request of each kind, by the number of stored listings. */
    Map<String, SortedMap<Integer, Double>> lines() {
        Map<String, SortedMap<Integer, Double>> lines = new LinkedHashMap<>();
        by(StoredRequest::kind).forEach((kind, all) -> {
            SortedMap<Integer, Double> line = new TreeMap<>();
            all.forEach(result -> result.measured()
                    .forEach((size, at) -> line.merge(size, at.latencies().p50(), Math::max)));
            lines.put(kind, line);
        });
        return lines;
    }

    private Map<String, List<StoredResult>> by(Function<StoredRequest, String> property) {
        return results.stream()
                .collect(Collectors.groupingBy(
                        result -> property.apply(result.request()), LinkedHashMap::new, Collectors.toList()));
    }

    private static StoredResult slowest(List<StoredResult> all) {
        return all.stream().max(Comparator.comparingDouble(StoredResult::p50)).orElseThrow();
    }

    /** Returns the report as a terminal shows it. */
    String text() {
        return headline() + "\n\n" + String.join("\n", TextReport.lines(summaryRows())) + "\n\n" + Report.machine()
                + "\n";
    }

    /** Returns the report as it is stored by its date. */
    String markdown() {
        return "# " + TITLE + " on " + day + "\n\n" + headline() + " " + Report.machine()
                + ".\nMeasured by `make perf PERF=--stored`. " + EXPLANATION + "\n\n"
                + (failures.isEmpty() ? "" : "- " + String.join("\n- ", failures) + "\n\n")
                + MarkdownReport.table(summaryRows()) + "\n## All requests: p50 (p95)\n\n"
                + MarkdownReport.table(rows());
    }
}
