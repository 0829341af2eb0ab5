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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code make perf}: measures everything and says whether it is as fast as it should be. Ends with 1 when it is not.
 * {@code --json} prints for machines, {@code --save} keeps the summary in {@code perf/results} and the README, {@code --only=hit,miss} measures some rows of
 * the table alone, {@code --serve} only starts what is measured.
 */
public final class Main {
    /** Around the table in the README. */
    private static final String BEGIN = "<!-- make perf: -->";

    private static final String END = "<!-- :make perf -->";
    private static final String ONLY = "--only=";
    private static final Set<String> OPTIONS = Set.of("--json", "--save", "--serve");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Set<String> options = new HashSet<>(List.of(arguments));
        Set<String> only = options.stream()
                .filter(each -> each.startsWith(ONLY))
                .flatMap(each -> Arrays.stream(each.substring(ONLY.length()).split(",")))
                .collect(Collectors.toSet());
        options.removeIf(each -> each.startsWith(ONLY));
        if (!OPTIONS.containsAll(options)) {
            System.err.println("make perf takes " + String.join(", ", OPTIONS) + ", " + ONLY + "<rows>");
            System.exit(2);
        }
        Files.createDirectories(Site.FOLDER);
        boolean passed;
        try (Progress progress = new Progress();
                Site site = Site.open()) {
            passed = options.contains("--serve")
                    ? serve(site)
                    : only.isEmpty() ? measure(site, progress, options) : rows(site, progress, only);
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean serve(Site site) throws IOException {
        Program service = site.service("service", Map.of());
        Program floor = site.own(FixedServer.class);
        System.out.println("service " + service.pid() + " http://127.0.0.1:" + service.port() + "  floor " + floor.pid()
                + " http://127.0.0.1:" + floor.port() + "/3500/  token " + DataSet.TOKEN + "; Enter stops them");
        return System.in.read() >= 0;
    }

    private static boolean rows(Site site, Progress progress, Set<String> only) throws Exception {
        List<Result> results =
                new Ratios(site, site.service("service", Map.of()), site.own(FixedServer.class), progress).all(only);
        progress.close();
        results.forEach(each -> System.out.println(String.join("  ", Report.cells(each))));
        return results.stream().allMatch(Result::isMet);
    }

    private static boolean measure(Site site, Progress progress, Set<String> options) throws Exception {
        List<Check> checks = new Checks(site).all(progress);
        Program service = site.service("service", Map.of());
        Ratios ratios = new Ratios(site, service, site.own(FixedServer.class), progress);
        List<Result> results = ratios.all(Set.of());
        Map<Integer, Sizes.Cost> sizes = Sizes.measure(service, progress);
        Map<String, Double> garbage = new Garbage(service).all(progress);
        List<Startup.Started> starts = new Startup(site).all(progress);
        progress.close();
        Report report = new Report(
                LocalDate.now(ZoneOffset.UTC), checks, results, starts, garbage, sizes, ratios.distributions());
        tell(report, options);
        return report.isPassed();
    }

    private static void tell(Report report, Set<String> options) throws IOException {
        Path page = Site.FOLDER.resolve("report.html");
        Files.writeString(page, new ReportPage(report).html());
        if (options.contains("--save")) {
            save(report);
        }
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
                .print(options.contains("--json") ? report.json() : report.text() + page + "\n");
    }

    private static void save(Report report) throws IOException {
        Path results = Path.of("perf", "results", report.day() + ".md");
        Files.createDirectories(results.getParent());
        Files.writeString(results, report.markdown());
        Path readme = Path.of("README.md");
        String text = Files.readString(readme);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(
                readme, text.substring(0, from) + "\n" + report.excerpt() + text.substring(text.indexOf(END, from)));
    }
}
