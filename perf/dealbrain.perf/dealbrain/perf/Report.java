package dealbrain.perf;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that a run of {@code make perf} measured.
 *
 * @param allocations kilobytes by the name of the request
 * @param readTimes   by the size of the collection
 * @param latencies   by the name of the workload
 */
record Report(
        LocalDate day,
        List<CheckResult> checks,
        List<BenchmarkResult> results,
        List<StartupBenchmark.Result> starts,
        Map<String, Double> allocations,
        Map<Integer, SizeBenchmark.ReadTime> readTimes,
        Map<String, Latencies> latencies) {

    /** Returns how many checks passed, and how many goals were met and missed. */
    String headline() {
        long passed = checks.stream().filter(CheckResult::isPassed).count();
        long met = results.stream().filter(BenchmarkResult::isMet).count();
        long notMeasured =
                results.stream().filter(result -> result.ratio() == null).count();
        long missed = results.stream().filter(BenchmarkResult::isMissed).count();
        return passed + " of " + checks.size() + " checks passed, " + met + " of " + results.size() + " goals met, "
                + missed + " missed"
                + (notMeasured == 0 ? "" : ", " + notMeasured + " not measured") + ".";
    }

    static String machine() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version()
                + String.format(
                        Locale.ROOT,
                        ", load %.1f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Returns the rows of the table of start-up times, with a header. */
    List<List<String>> startRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("start-up", "time to the first response", "processor time", "resident memory"));
        starts.forEach(start -> rows.add(List.of(
                start.form(),
                String.format(
                        Locale.ROOT,
                        "%,.0f ms (%,.0f to %,.0f)",
                        start.millis().median(),
                        start.millis().low(),
                        start.millis().high()),
                String.format(Locale.ROOT, "%,.0f ms", start.processorMillis().median()),
                start.megabytes() == 0 ? "–" : String.format(Locale.ROOT, "%.0f MB", start.megabytes()))));
        return rows;
    }

    /** Returns the rows of the table of allocations, with a header. */
    List<List<String>> allocationRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("request", "allocated memory"));
        allocations.forEach(
                (name, kilobytes) -> rows.add(List.of(name, String.format(Locale.ROOT, "%,.0f kB", kilobytes))));
        return rows;
    }

    /** Returns the rows of the table of sizes, with a header. */
    List<List<String>> sizeRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("collection of", "all items", "a page of 100"));
        readTimes.forEach((size, time) ->
                rows.add(List.of(Format.count(size), Format.millis(time.whole()), Format.millis(time.page()))));
        return rows;
    }
}
