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
 * {@code build/perf/report.html}. Exits with status 1 if a check fails.
 *
 * <ul>
 *   <li>{@code --strict} exits with status 1 if a goal is missed, too,
 *   <li>{@code --json} prints the report as JSON,
 *   <li>{@code --save} stores it in {@code perf/results} and updates the table in the README,
 *   <li>{@code --stored} measures what stored listings cost instead, and writes {@code build/perf/stored.html},
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
    private static final String JSON = "--json";
    private static final String SAVE = "--save";
    private static final String STORED = "--stored";
    private static final String STRICT = "--strict";
    private static final Set<String> OPTIONS = Set.of(JSON, SAVE, "--serve", STORED, STRICT);
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Set<String> options = new HashSet<>(List.of(arguments));
        Set<String> only = removeValues(options, ONLY);
        List<Program> programs = new ArrayList<>(List.of(Program.current()));
        removeValues(options, PROGRAM).forEach(checkout -> programs.add(Program.of(Path.of(checkout))));
        if (!OPTIONS.containsAll(options)) {
            System.err.println("the options are --json, --save, --serve, --stored, --strict, " + ONLY
                    + "<benchmark>,... and " + PROGRAM + "<checkout>,...");
            System.exit(2);
        }
        Files.createDirectories(TestBed.FOLDER);
        Verdict verdict = run(options, only, programs);
        verdict.errors().forEach(error -> System.err.println("error: " + error));
        System.exit(verdict.exitStatus());
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

    private static Verdict run(Set<String> options, Set<String> only, List<Program> programs) throws Exception {
        if (options.contains(STORED)) {
            return measureStored(options);
        }
        try (Progress progress = new Progress();
                TestBed testBed = TestBed.open()) {
            if (options.contains("--serve")) {
                return serve(testBed);
            }
            return only.isEmpty()
                    ? measureAll(testBed, progress, options, programs)
                    : measure(testBed, progress, options, only, programs);
        }
    }

    private static Verdict measureStored(Set<String> options) throws Exception {
        StoredReport report;
        try (Progress progress = new Progress();
                TestBed testBed = TestBed.withoutData();
                StoredBenchmark benchmark = new StoredBenchmark(testBed, progress)) {
            report = benchmark.run();
        }
        Path page = TestBed.FOLDER.resolve("stored.html");
        Files.writeString(page, StoredHtml.of(report));
        if (options.contains(SAVE)) {
            write(report.day() + "-stored.md", report.markdown());
        }
        OUT.print(options.contains(JSON) ? StoredJson.of(report) : report.text() + page + "\n");
        return new Verdict(options.contains(STRICT) ? report.problems() : report.failures());
    }

    private static Verdict serve(TestBed testBed) throws IOException {
        ServerProcess application = startApplication(testBed);
        ServerProcess baseline = testBed.startServer(BaselineServer.class, List.of());
        OUT.println("application: process " + application.pid() + ", " + application.url());
        OUT.println("baseline: process " + baseline.pid() + ", " + baseline.url() + "/3500/");
        OUT.println("token: " + DataSet.TOKEN);
        OUT.println("a shared page: " + application.url() + DataSet.sharePath(1));
        OUT.println("press Enter to stop");
        System.in.read();
        return Verdict.NO_ERRORS;
    }

    private static ServerProcess startApplication(TestBed testBed) throws IOException {
        return testBed.startApplication("service", Map.of());
    }

    private static Verdict measure(
            TestBed testBed, Progress progress, Set<String> options, Set<String> only, List<Program> programs)
            throws Exception {
        List<BenchmarkResult> results = new BenchmarkSuite(testBed, startApplication(testBed), progress, programs)
                .run(only)
                .list();
        progress.close();
        OUT.print(TextReport.results(results));
        return Verdict.of(List.of(), results, options.contains(STRICT));
    }

    private static Verdict measureAll(TestBed testBed, Progress progress, Set<String> options, List<Program> programs)
            throws Exception {
        List<CheckResult> checks = new CorrectnessChecks(testBed).run(progress);
        ServerProcess application = startApplication(testBed);
        Results results = new BenchmarkSuite(testBed, application, progress, programs).run(Set.of());
        Map<Integer, SizeBenchmark.ReadTime> readTimes = SizeBenchmark.measure(application, progress);
        Map<String, Double> allocations = new Allocations(application).measure(progress);
        progress.close();
        Report report = new Report(
                LocalDate.now(ZoneOffset.UTC),
                checks,
                results.list(),
                results.starts(),
                allocations,
                readTimes,
                results.latencies());
        publish(report, options);
        return Verdict.of(checks, results.list(), options.contains(STRICT));
    }

    private static void publish(Report report, Set<String> options) throws IOException {
        Path page = TestBed.FOLDER.resolve("report.html");
        Files.writeString(page, new HtmlReport(report).html());
        if (options.contains(SAVE)) {
            save(report);
        }
        OUT.print(options.contains(JSON) ? JsonReport.of(report) : TextReport.of(report) + page + "\n");
    }

    private static void save(Report report) throws IOException {
        write(report.day() + ".md", MarkdownReport.of(report));
        Path readme = Path.of("README.md");
        String text = Files.readString(readme);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(
                readme,
                text.substring(0, from) + "\n" + MarkdownReport.readme(report)
                        + text.substring(text.indexOf(END, from)));
    }

    /** Writes a file of {@code perf/results}. */
    private static void write(String name, String text) throws IOException {
        Path file = Path.of("perf", "results", name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
