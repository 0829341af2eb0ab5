package dealbrain.perf;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code make perf}: runs the checks and the benchmarks, prints a report, and writes it to
 * {@code build/perf/report.html}. Exits with status 1 if a check fails or a goal is missed.
 *
 * <ul>
 *   <li>{@code --json} prints the report as JSON,
 *   <li>{@code --save} stores it in {@code perf/results} and updates the table in the README,
 *   <li>{@code --only=hit,miss} runs some benchmarks only,
 *   <li>{@code --program=DIR} runs {@code group-writes} and {@code group-faults} with another checkout as
 *       well, in turn,
 *   <li>{@code --serve} starts the servers without measuring.
 * </ul>
 */
public final class Main {
    /** The markers around the table in the README. */
    private static final String BEGIN = "<!-- make perf: -->";

    private static final String END = "<!-- :make perf -->";
    private static final String ONLY = "--only=";
    private static final String PROGRAM = "--program=";
    private static final Set<String> OPTIONS = Set.of("--json", "--save", "--serve");
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Set<String> options = new HashSet<>(List.of(arguments));
        Set<String> only = removeValues(options, ONLY);
        List<Program> programs = new ArrayList<>(List.of(Program.current()));
        removeValues(options, PROGRAM).forEach(checkout -> programs.add(Program.of(Path.of(checkout))));
        if (!OPTIONS.containsAll(options)) {
            System.err.println("the options are --json, --save, --serve, " + ONLY + "<benchmark>,... and " + PROGRAM
                    + "<checkout>,...");
            System.exit(2);
        }
        Files.createDirectories(TestBed.FOLDER);
        System.exit(run(options, only, programs) ? 0 : 1);
    }

    /** Removes the options that start with {@code prefix}, and returns their values. */
    private static Set<String> removeValues(Set<String> options, String prefix) {
        Set<String> values = options.stream()
                .filter(option -> option.startsWith(prefix))
                .flatMap(option ->
                        Arrays.stream(option.substring(prefix.length()).split(",")))
                .collect(Collectors.toSet());
        options.removeIf(option -> option.startsWith(prefix));
        return values;
    }

    private static boolean run(Set<String> options, Set<String> only, List<Program> programs) throws Exception {
        try (Progress progress = new Progress();
                TestBed testBed = TestBed.open()) {
            if (options.contains("--serve")) {
                return serve(testBed);
            }
            return only.isEmpty()
                    ? measureAll(testBed, progress, options, programs)
                    : measure(testBed, progress, only, programs);
        }
    }

    private static boolean serve(TestBed testBed) throws IOException {
        ServerProcess application = startApplication(testBed);
        ServerProcess baseline = testBed.startServer(BaselineServer.class);
        OUT.println("application: process " + application.pid() + ", " + application.url());
        OUT.println("baseline: process " + baseline.pid() + ", " + baseline.url() + "/3500/");
        OUT.println("token: " + DataSet.TOKEN);
        OUT.println("a shared page: " + application.url() + DataSet.sharePath(1));
        OUT.println("press Enter to stop");
        return System.in.read() >= 0;
    }

    private static ServerProcess startApplication(TestBed testBed) throws IOException {
        return testBed.startApplication("service", Map.of());
    }

    private static boolean measure(TestBed testBed, Progress progress, Set<String> only, List<Program> programs)
            throws Exception {
        List<BenchmarkResult> results = new BenchmarkSuite(testBed, startApplication(testBed), progress, programs)
                .run(only)
                .list();
        progress.close();
        OUT.print(TextReport.results(results));
        return results.stream().allMatch(BenchmarkResult::isMet);
    }

    private static boolean measureAll(TestBed testBed, Progress progress, Set<String> options, List<Program> programs)
            throws Exception {
        List<CheckResult> checks = new CorrectnessChecks(testBed).run(progress);
        ServerProcess application = startApplication(testBed);
        Results results = new BenchmarkSuite(testBed, application, progress, programs).run(Set.of());
        Map<Integer, SizeBenchmark.ReadTime> readTimes = SizeBenchmark.measure(application, progress);
        Map<String, Double> allocations = new Allocations(application).measure(progress);
        List<StartupBenchmark.Result> starts = new StartupBenchmark(testBed).measure(progress);
        progress.close();
        Report report = new Report(
                LocalDate.now(ZoneOffset.UTC),
                checks,
                results.list(),
                starts,
                allocations,
                readTimes,
                results.latencies());
        publish(report, options);
        return report.isPassed();
    }

    private static void publish(Report report, Set<String> options) throws IOException {
        Path page = TestBed.FOLDER.resolve("report.html");
        Files.writeString(page, new HtmlReport(report).html());
        if (options.contains("--save")) {
            save(report);
        }
        OUT.print(options.contains("--json") ? JsonReport.of(report) : TextReport.of(report) + page + "\n");
    }

    private static void save(Report report) throws IOException {
        Path results = Path.of("perf", "results", report.day() + ".md");
        Files.createDirectories(results.getParent());
        Files.writeString(results, MarkdownReport.of(report));
        Path readme = Path.of("README.md");
        String text = Files.readString(readme);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(
                readme,
                text.substring(0, from) + "\n" + MarkdownReport.readme(report)
                        + text.substring(text.indexOf(END, from)));
    }
}
