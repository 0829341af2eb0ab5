package dealbrain.perf;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Starts Redis: the installed {@code redis-server}, otherwise the one in a jar that the tests use. */
final class RedisProcess {
    private RedisProcess() {}

    static ServerProcess start(int port, Path folder) throws IOException {
        return ServerProcess.start(
                List.of(
                        executable(folder).toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no"),
                Map.of(),
                port,
                folder.resolve("redis.log"));
    }

    private static Path executable(Path folder) throws IOException {
        Optional<Path> installed = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        return installed.isPresent() ? installed.get() : unpack(folder);
    }

    private static Path unpack(Path folder) throws IOException {
        Path target = folder.resolve("redis-server").toAbsolutePath();
        try (var jars = Files.newDirectoryStream(Path.of("lib", "test"), "embedded-redis-*.jar");
                ZipFile jar = new ZipFile(jars.iterator().next().toFile());
                InputStream in = jar.getInputStream(entry(jar))) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!target.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + target + " executable");
        }
        return target;
    }

    private static ZipEntry entry(ZipFile jar) throws IOException {
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        return jar.stream()
                .map(entry -> (ZipEntry) entry)
                .filter(entry -> entry.getName().contains("redis-server")
                        && entry.getName().contains(system)
                        && entry.getName().contains(arch))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        jar.getName() + " has no redis-server for " + system + " on " + arch + "; install Redis"));
    }
}
