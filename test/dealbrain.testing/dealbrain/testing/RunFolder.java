package dealbrain.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders of the Redis servers of this test run, in {@code build/redis/run-0} or the first such folder that no
 * other run uses. Servers that a killed run left there are ended first.
 */
final class RunFolder {
    private static final Path SHARED = Path.of("build", "redis").toAbsolutePath();
    private static final String PROCESS = "process"; // a file with process id and start time of the server

    private static final AtomicInteger servers = new AtomicInteger();
    private static @Nullable LockedFolder current; // locked until this process ends

    private RunFolder() {}

    /** Returns the folder that all runs share. */
    static Path shared() {
        return SHARED;
    }

    /** Creates an empty folder for a server. */
    static Path create() throws IOException {
        return Files.createDirectory(current().resolve("server-" + servers.incrementAndGet()));
    }

    private static synchronized Path current() throws IOException {
        if (current == null) {
            current = LockedFolder.acquire(SHARED, "run");
            clear(current.path());
        }
        return current.path();
    }

    private static void clear(Path run) throws IOException {
        Files.createDirectories(run);
        try (Stream<Path> servers = Files.list(run)) {
            for (Path server : servers.toList()) {
                process(server).ifPresent(ProcessHandle::destroyForcibly);
                LockedFolder.delete(server);
            }
        }
    }

    /** Stores which process runs in the folder of a server, so that a later run can end it. */
    static void storeProcess(Path server, ProcessHandle process) throws IOException {
        Files.writeString(server.resolve(PROCESS), process.pid() + "\n" + startTime(process));
    }

    /**
     * Returns the process stored in the folder of a server, if it still runs. The start time must match, because the
     * process id may have been reused.
     */
    static Optional<ProcessHandle> process(Path server) throws IOException {
        try {
            List<String> lines = Files.readAllLines(server.resolve(PROCESS));
            return lines.size() != 2
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst()))
                            .filter(process -> startTime(process).equals(lines.getLast()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static String startTime(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
