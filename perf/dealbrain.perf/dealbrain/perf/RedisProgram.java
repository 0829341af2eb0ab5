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

/** A Redis of its own: the {@code redis-server} of this machine, else the one that the tests bring along. */
final class RedisProgram {
    private RedisProgram() {}

    static Program start(int port, Path folder) throws IOException {
        return Program.start(
                List.of(
                        binary(folder).toString(),
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

    private static Path binary(Path folder) throws IOException {
        Optional<Path> installed = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(each -> Path.of(each, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        return installed.isPresent() ? installed.get() : unpacked(folder);
    }

    private static Path unpacked(Path folder) throws IOException {
        Path target = folder.resolve("redis-server").toAbsolutePath();
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        try (var jars = Files.newDirectoryStream(Path.of("lib", "test"), "embedded-redis-*.jar");
                ZipFile jar = new ZipFile(jars.iterator().next().toFile())) {
            ZipEntry entry = jar.stream()
                    .map(each -> (ZipEntry) each)
                    .filter(each -> each.getName().contains("redis-server")
                            && each.getName().contains(system)
                            && each.getName().contains(arch))
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "there is no redis-server for " + system + " on " + arch + "; install one"));
            try (InputStream in = jar.getInputStream(entry)) {
                Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!target.toFile().setExecutable(true)) {
            throw new IOException(target + " cannot be made executable");
        }
        return target;
    }
}
