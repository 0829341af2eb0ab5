package dealbrain.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the time from the start of the application to its first response, and its memory afterwards. */
final class StartupBenchmark {
    private static final int ROUNDS = 3;

    /**
     * The result of one way to run the application.
     *
     * @param form      such as {@code make run}
     * @param millis    until the first response
     * @param megabytes resident memory; 0 if the operating system does not show it
     */
    record Result(String form, Spread millis, double megabytes) {}

    private final TestBed testBed;

    StartupBenchmark(TestBed testBed) {
        this.testBed = testBed;
    }

    /** Measures all forms that are built, in turn, with a database that exists. */
    List<Result> measure(Progress progress) throws IOException {
        progress.show("start-up time");
        Map<String, List<String>> commands = commands();
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        Map<String, Double> megabytes = new LinkedHashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (Map.Entry<String, List<String>> form : commands.entrySet()) {
                long start = System.nanoTime();
                try (ServerProcess application = testBed.startApplication("start", form.getValue(), Map.of());
                        ApiClient client = new ApiClient(application)) {
                    client.get("/api/v1/users/me");
                    millis.computeIfAbsent(form.getKey(), _ -> new ArrayList<>())
                            .add((System.nanoTime() - start) / 1e6);
                    megabytes.put(form.getKey(), residentMegabytes(application.pid()));
                }
            }
        }
        return millis.entrySet().stream()
                .map(form -> new Result(
                        form.getKey(), Spread.of(form.getValue()), megabytes.getOrDefault(form.getKey(), 0.0)))
                .toList();
    }

    private static Map<String, List<String>> commands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("make run", ServerProcess.java("dealbrain.app"));
        Path image = Path.of("build", "image").toAbsolutePath();
        if (Files.exists(image.resolve("lib/dealbrain.aot.place"))) {
            String launcher = image.resolve("bin/dealbrain").toString();
            commands.put(
                    "image without its ahead-of-time cache",
                    List.of("env", "DEALBRAIN_JAVA_OPTIONS=-XX:AOTMode=off", launcher));
            commands.put("image", List.of(launcher));
        }
        return commands;
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
