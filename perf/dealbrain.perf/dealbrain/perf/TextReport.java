package dealbrain.perf;

import java.util.ArrayList;
import java.util.List;

/** The report as a terminal shows it: aligned columns, at most 120 characters wide. */
final class TextReport {
    private TextReport() {}

    static String of(Report report) {
        StringBuilder text = new StringBuilder();
        text.append(report.headline()).append("\n\n");
        report.checks().forEach(check -> text.append(check.line()).append('\n'));
        text.append('\n').append(results(report.results()));
        for (List<List<String>> rows : List.of(report.startRows(), report.allocationRows(), report.sizeRows())) {
            text.append('\n');
            lines(rows).forEach(line -> text.append(line).append('\n'));
        }
        return text.append('\n').append(Report.machine()).append('\n').toString();
    }

    /** Returns the results in groups with the same subject and baseline, with their notes below them. */
    static String results(List<BenchmarkResult> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "measured", "baseline", "ratio (lowest to highest)", "goal"));
        results.forEach(result -> rows.add(List.of(
                result.benchmark().metric(),
                result.value(),
                result.baselineValue(),
                result.ratioText(),
                result.benchmark().goal().toString())));
        List<String> lines = lines(rows);
        StringBuilder text = new StringBuilder("   " + lines.getFirst()).append('\n');
        String group = "";
        for (int i = 0; i < results.size(); i++) {
            Benchmark benchmark = results.get(i).benchmark();
            String next = benchmark.subject() + ", compared with " + benchmark.baseline();
            if (!next.equals(group)) {
                text.append(next).append('\n');
                group = next;
            }
            text.append(mark(results.get(i))).append(lines.get(i + 1)).append('\n');
            if (!results.get(i).note().isEmpty()) {
                text.append("   ")
                        .append(results.get(i).note().replace("; ", "\n   "))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** Returns the mark of a result, padded to three columns: a terminal shows an emoji in two. */
    private static String mark(BenchmarkResult result) {
        return result.mark() + (result.ratio() == null ? "  " : " ");
    }

    static List<String> lines(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            int column = i;
            widths.add(rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0));
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i)).repeat(' ', widths.get(i) - cells.get(i).length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
