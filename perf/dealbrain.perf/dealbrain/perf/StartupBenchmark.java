package dealbrain.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Measures the time from the start of the application, on a database with data, to its first response, and its memory
 * afterwards. The response is a page of listings for a user with a token: two statements, with the validation of the
 * query, the mapping of rows and JSON.
 */
final class StartupBenchmark {
    private static final int ROUNDS = 7;
    private static final String FIRST_REQUEST = "/api/v1/listings?limit=20";

    /** One way to run the application. */
    private record Form(String name, List<String> command, Map<String, String> settings) {}

    /** The time until the first response, and the processor time and memory of the process then. */
    private record Start(double millis, double processorMillis, double megabytes) {}

    /**
     * The result of one form.
     *
     * @param form            such as {@code make run}
     * @param millis          until the first response
     * @param processorMillis the processor time until then, which depends less on other processes
     * @param megabytes       resident memory; 0 if the operating system does not show it
     */
    record Result(String form, Spread millis, Spread processorMillis, double megabytes) {}

    private static final Form IMAGE_FORM = new Form("image", List.of(launcher()), Map.of());
    private static final Form WITHOUT_CACHE = new Form(
            "image without its ahead-of-time cache",
            List.of(launcher()),
            Map.of("DEALBRAIN_JAVA_OPTIONS", "-XX:AOTMode=off"));
    /** With the embedded PostgreSQL. */
    private static final Form MAKE_RUN = new Form(
            "make run",
            makeRun(),
            Map.of(
                    "DATABASE_URL",
                    "",
                    "DEALBRAIN_ENV",
                    "development",
                    "DEALBRAIN_DATA_DIR",
                    TestBed.FOLDER.resolve("run").toString()));

    private final TestBed testBed;
    private final Progress progress;
    private final Results results;

    StartupBenchmark(TestBed testBed, Progress progress, Results results) {
        this.testBed = testBed;
        this.progress = progress;
        this.results = results;
    }

    void run() throws IOException {
        progress.show("start-up time");
        createData();
        List<Double> bare = new ArrayList<>();
        Map<Form, List<Start>> starts = new LinkedHashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (Form form : List.of(IMAGE_FORM, WITHOUT_CACHE, MAKE_RUN)) {
                starts.computeIfAbsent(form, _ -> new ArrayList<>()).add(start(form));
            }
            bare.add(bareMillis());
        }
        starts.forEach((form, each) -> results.addStart(result(form, each)));
        addGoal(
                "start-image",
                IMAGE_FORM,
                700,
                starts,
                "of which the Java virtual machine, with the cache, takes "
                        + Format.millis(Spread.of(bare).median()));
        addGoal("start-run", MAKE_RUN, 1500, starts, "with the embedded PostgreSQL");
    }

    /** Adds the ratio of the time of a form to the goal in milliseconds. */
    private void addGoal(String id, Form form, int goal, Map<Form, List<Start>> starts, String note) {
        Benchmark benchmark = new Benchmark(
                id,
                "start on existing data, " + form.name(),
                "time to the first page of listings",
                String.format(Locale.ROOT, "%.1f s on a quiet machine", goal / 1000.0),
                Benchmark.Goal.atMost(1));
        List<Start> each = Objects.requireNonNull(starts.get(form));
        Spread millis = Spread.of(each.stream().map(Start::millis).toList());
        Spread ratio = new Spread(millis.median() / goal, millis.low() / goal, millis.high() / goal);
        String processor = Format.millis(
                Spread.of(each.stream().map(Start::processorMillis).toList()).median());
        results.add(new BenchmarkResult(
                benchmark,
                ratio,
                Format.millis(millis.median()),
                Format.millis(goal),
                note + "; processor time " + processor));
    }

    private static Result result(Form form, List<Start> starts) {
        return new Result(
                form.name(),
                Spread.of(starts.stream().map(Start::millis).toList()),
                Spread.of(starts.stream().map(Start::processorMillis).toList()),
                starts.getLast().megabytes());
    }

    /** Creates the embedded database of {@link #MAKE_RUN}, and its demo data, unless they exist. */
    private void createData() throws IOException {
        try (ServerProcess application = testBed.startApplication("start", MAKE_RUN.command(), MAKE_RUN.settings());
                HttpConnection connection = new HttpConnection(application.address())) {
            connection.exchange(RawRequest.get("/health/live"));
        }
    }

    private Start start(Form form) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(form.settings());
        settings.put("DEALBRAIN_ADMIN_PASSWORD", ""); // each start would hash it
        long start = System.nanoTime();
        try (ServerProcess application = testBed.startApplication("start", form.command(), settings);
                HttpConnection connection = new HttpConnection(application.address())) {
            connection.exchange(RawRequest.authorizedGet(FIRST_REQUEST, token(form)));
            double millis = (System.nanoTime() - start) / 1e6;
            double processor = application.processorTime().toNanos() / 1e6;
            if (connection.status() != 200) {
                throw new IOException("the first response of " + form.name() + " has status " + connection.status());
            }
            return new Start(millis, processor, residentMegabytes(application.pid()));
        }
    }

    /** Returns the token of the demo data for a form with a database of its own, otherwise that of the data set. */
    private static String token(Form form) throws IOException {
        String folder = form.settings().get("DEALBRAIN_DATA_DIR");
        return folder == null
                ? DataSet.TOKEN
                : Files.readString(Path.of(folder, "demo-token")).strip();
    }

    /** Returns how long the image takes to reject an argument, which is the first thing that the application does. */
    private static double bareMillis() throws IOException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(launcher(), "nothing")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        return (System.nanoTime() - start) / 1e6;
    }

    /** Returns the command of {@code run} in build.sh. */
    private static List<String> makeRun() {
        List<String> command = ServerProcess.java("dealbrain.app");
        command.addAll(
                1,
                List.of(
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + TestBed.FOLDER.resolve("run.jsa"),
                        "-Xlog:cds*=off",
                        "-Xlog:aot*=off"));
        return command;
    }

    private static String launcher() {
        return Path.of("build", "image", "bin", "dealbrain").toAbsolutePath().toString();
    }

    /** Returns VmRSS of proc(5), or 0 on systems without it. */
    private static double residentMegabytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
