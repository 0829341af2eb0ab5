package dealbrain.perf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** All that was found, in the forms in which it is read: for the terminal, for machines, and for the repository. */
record Report(
        LocalDate day,
        List<Check> checks,
        List<Result> results,
        List<Startup.Started> starts,
        Map<String, Double> garbage,
        Map<Integer, Sizes.Cost> sizes,
        Map<String, Latencies> distributions) {

    /** Whether nothing fails: a ratio that cannot be measured yet is no failure. */
    boolean isPassed() {
        return checks.stream().allMatch(Check::isPassed)
                && results.stream().allMatch(result -> result.ratio() == null || result.isMet());
    }

    String machine() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version()
                + String.format(
                        Locale.ROOT,
                        ", load %.1f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** The lines and the table as a terminal shows them. */
    String text() {
        StringBuilder text = new StringBuilder();
        checks.forEach(check -> text.append(check.line()).append('\n'));
        text.append('\n').append(aligned(ratioRows())).append('\n');
        text.append(aligned(startRows()))
                .append('\n')
                .append(aligned(garbageRows()))
                .append('\n')
                .append(machine())
                .append('\n');
        return text.toString();
    }

    static List<String> cells(Result each) {
        return List.of(
                each.verdict(),
                each.measured(),
                each.against(),
                each.goal().toString(),
                each.ratioText(),
                each.figures());
    }

    private List<List<String>> startRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("start", "to the first answer", "resident"));
        starts.forEach(each -> rows.add(List.of(
                each.form(),
                String.format(
                        Locale.ROOT,
                        "%,.0f ms (%,.0f to %,.0f)",
                        each.millis().median(),
                        each.millis().low(),
                        each.millis().high()),
                each.megabytes() == 0 ? "–" : String.format(Locale.ROOT, "%.0f MB", each.megabytes()))));
        return rows;
    }

    private List<List<String>> garbageRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("request", "garbage"));
        garbage.forEach(
                (name, kilobytes) -> rows.add(List.of(name, String.format(Locale.ROOT, "%,.0f kB", kilobytes))));
        return rows;
    }

    private static String aligned(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(each -> each.get(column).length())
                        .max()
                        .orElse(0);
                text.append(row.get(i))
                        .append(
                                i == row.size() - 1
                                        ? "\n"
                                        : " ".repeat(width - row.get(i).length() + 2));
            }
        }
        return text.toString();
    }

    /** The dated summary that is committed. */
    String markdown() {
        StringBuilder text = new StringBuilder("# Measured on " + day + "\n\n" + machine()
                + ". By `make perf`; every ratio is of one run, interleaved.\n\n");
        checks.forEach(check -> text.append(check.line()).append("  \n"));
        text.append('\n').append(table(ratioRows()));
        for (List<List<String>> rows : List.of(startRows(), garbageRows(), sizeRows())) {
            text.append('\n').append(table(rows));
        }
        return text.toString();
    }

    /** What the README shows: the ratios, and when they were measured. */
    String excerpt() {
        return "Measured on " + day + ": " + machine() + " ([all of it](perf/results/" + day + ".md)).\n\n"
                + table(ratioRows());
    }

    private List<List<String>> ratioRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "measured", "against", "goal", "ratio (spread)", "figures"));
        results.forEach(each -> rows.add(cells(each)));
        return rows;
    }

    private List<List<String>> sizeRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("collection of", "whole", "a page of 100"));
        sizes.forEach((size, cost) -> rows.add(List.of(
                String.format(Locale.ROOT, "%,d", size), Result.millis(cost.whole()), Result.millis(cost.page()))));
        return rows;
    }

    private static String table(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        Function<List<String>, String> line = cells -> "| " + String.join(" | ", cells) + " |\n";
        text.append(line.apply(rows.getFirst()))
                .append("|---".repeat(rows.getFirst().size()))
                .append("|\n");
        rows.stream().skip(1).map(line).forEach(text::append);
        return text.toString();
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("day", day.toString());
        all.put("machine", machine());
        all.put("passed", isPassed());
        all.put(
                "checks",
                checks.stream()
                        .map(each -> Map.of("text", each.text(), "passed", each.isPassed(), "fault", each.fault()))
                        .toList());
        all.put("ratios", results.stream().map(Report::fields).toList());
        all.put(
                "starts",
                starts.stream()
                        .map(each -> Map.of(
                                "form", each.form(), "millis", each.millis(), "resident_megabytes", each.megabytes()))
                        .toList());
        all.put("garbage_kilobytes", garbage);
        all.put("size_millis", sizes);
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> fields(Result each) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("measured", each.measured());
        fields.put("against", each.against());
        fields.put("goal", each.goal().toString());
        if (each.ratio() != null) {
            fields.put("ratio", each.ratio());
            fields.put("met", each.isMet());
        }
        fields.put("figures", each.figures());
        return fields;
    }
}
