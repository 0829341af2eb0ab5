package dealbrain.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the program takes from nothing to its first answer, and what it then holds in memory, in each of the forms it comes in. */
final class Startup {
    private static final int ROUNDS = 3;

    /**
     * One form of the program.
     *
     * @param megabytes resident; zero where the system does not tell
     */
    record Started(String form, Spread millis, double megabytes) {}

    private final Site site;

    Startup(Site site) {
        this.site = site;
    }

    /** Those forms that have been built, in turn, on a database that is there. */
    List<Started> all(Progress progress) throws IOException {
        progress.say("starting");
        Map<String, List<String>> commands = commands();
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        Map<String, Double> megabytes = new LinkedHashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (Map.Entry<String, List<String>> each : commands.entrySet()) {
                long start = System.nanoTime();
                try (Program program = site.service("start", each.getValue(), Map.of());
                        Client client = new Client(program)) {
                    client.ask("GET", "/api/v1/users/me", "", 200);
                    millis.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                            .add((System.nanoTime() - start) / 1e6);
                    megabytes.put(each.getKey(), resident(program.pid()));
                }
            }
        }
        return millis.entrySet().stream()
                .map(each -> new Started(
                        each.getKey(), Spread.of(each.getValue()), megabytes.getOrDefault(each.getKey(), 0.0)))
                .toList();
    }

    private static Map<String, List<String>> commands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("make run", Program.java("dealbrain.app"));
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

    /** By Linux's account of a process. */
    private static double resident(long pid) throws IOException {
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
