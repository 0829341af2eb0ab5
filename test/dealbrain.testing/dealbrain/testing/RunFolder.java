package dealbrain.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders that the Redis servers of this run have, in {@code build/redis/run-0} or the first one that no other run
 * is using. Servers that a killed run left there are ended first.
 */
final class RunFolder {
    private static final Path ALL = Path.of("build", "redis").toAbsolutePath();
    private static final String PROCESS = "process"; // the number and the start of a server, in its folder
    private static final int MOST_RUNS = 16; // at the same time, in the same folder

    private static final AtomicInteger servers = new AtomicInteger();
    private static @Nullable Path current;
    private static @Nullable FileChannel lock; // held until this program ends

    private RunFolder() {}

    /** What all runs share. */
    static Path all() {
        return ALL;
    }

    /** A new and empty folder. */
    static Path next() throws IOException {
        return Files.createDirectory(current().resolve("server-" + servers.incrementAndGet()));
    }

    private static synchronized Path current() throws IOException {
        if (current == null) {
            current = acquire();
        }
        return current;
    }

    private static Path acquire() throws IOException {
        Files.createDirectories(ALL);
        for (int i = 0; i < MOST_RUNS; i++) {
            FileChannel channel = FileChannel.open(
                    ALL.resolve("run-" + i + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                lock = channel;
                return emptied(ALL.resolve("run-" + i));
            }
            channel.close();
        }
        throw new IllegalStateException(MOST_RUNS + " test runs are using " + ALL);
    }

    private static Path emptied(Path run) throws IOException {
        Files.createDirectories(run);
        try (Stream<Path> left = Files.list(run)) {
            for (Path server : left.toList()) {
                remembered(server).ifPresent(ProcessHandle::destroyForcibly);
                delete(server);
            }
        }
        return run;
    }

    /** Notes which process runs on a folder. */
    static void remember(Path server, ProcessHandle process) throws IOException {
        Files.writeString(server.resolve(PROCESS), process.pid() + "\n" + start(process));
    }

    /** The process noted in a folder when it still runs: the number alone may by now be another program's. */
    static Optional<ProcessHandle> remembered(Path server) throws IOException {
        try {
            List<String> lines = Files.readAllLines(server.resolve(PROCESS));
            return lines.size() != 2
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst()))
                            .filter(process -> start(process).equals(lines.getLast()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException e) { // from the walk
            throw e.getCause();
        }
    }
}
