package dealbrain.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/** Finds the {@code redis-server} executable. */
final class RedisBinary {
    private static final String VERSION = "7.0.15"; // in the jar org.signal:embedded-redis

    private RedisBinary() {}

    /**
     * Returns the executable that {@code TEST_REDIS_SERVER} names, otherwise the one on the path, otherwise the one
     * from the jar, unpacked into {@code folder}.
     */
    static Path find(Path folder) throws IOException {
        String given = System.getenv("TEST_REDIS_SERVER");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        Optional<Path> installed = installed();
        return installed.isPresent() ? installed.get() : unpack(folder);
    }

    private static Optional<Path> installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(each -> !each.isBlank())
                .map(each -> Path.of(each, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Unpacks the executable once, under a temporary name first, so that other runs never see a part of it. */
    static Path unpack(Path folder) throws IOException {
        String name = "redis-server-" + VERSION + "-" + platform();
        Path program = Files.createDirectories(folder).resolve(name);
        if (Files.isExecutable(program)) {
            return program;
        }
        Path unfinished = Files.createTempFile(folder, name, ".unfinished");
        try (InputStream packed = ClassLoader.getSystemResourceAsStream(name)) {
            if (packed == null) {
                throw new IOException(
                        "the class path has no " + name + "; install Redis, or set TEST_REDIS_SERVER to an executable");
            }
            Files.copy(packed, unfinished, StandardCopyOption.REPLACE_EXISTING);
            if (!unfinished.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + unfinished + " executable");
            }
            return Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        return system + (System.getProperty("os.arch").equals("aarch64") ? "-arm64" : "-amd64");
    }
}
