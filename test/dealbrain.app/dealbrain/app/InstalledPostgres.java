package dealbrain.app;

import dealbrain.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest server programs of PostgreSQL that Debian installed, run by an unprivileged user, because PostgreSQL does
 * not run as root.
 */
final class InstalledPostgres {
    private final Path bin;
    private final Path folder;
    private final List<String> prefix;

    private InstalledPostgres(Path bin, Path folder, List<String> prefix) {
        this.bin = bin;
        this.folder = folder;
        this.prefix = prefix;
    }

    /** Creates a folder for servers in another folder. Returns empty if the programs are not installed. */
    static Optional<InstalledPostgres> in(Path parent) throws IOException {
        Optional<Path> bin = newest();
        if (bin.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createDirectory(parent.resolve("servers"));
        return Optional.of(new InstalledPostgres(bin.get(), folder, asUnprivilegedUser(folder)));
    }

    private static Optional<Path> newest() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(all)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("initdb")) && Files.exists(bin.resolve("pg_basebackup")))
                    .max(Comparator.naturalOrder());
        }
    }

    /** Returns a command prefix that changes the user, who becomes the owner of the folder. */
    private static List<String> asUnprivilegedUser(Path folder) throws IOException {
        if (!Files.getAttribute(folder, "unix:uid").equals(0)) {
            return List.of();
        }
        Files.setAttribute(folder.getParent(), "unix:mode", 0755);
        Files.setAttribute(folder, "unix:uid", 65_534);
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }

    /** Copies data in subfolders of the folder that {@link #in} created in {@code parent}. */
    void copy(Path parent, String... data) {
        for (String each : data) {
            run("/bin/cp", "-a", parent.resolve("servers").resolve(each).toString(), each);
        }
    }

    /** Runs a program, with the folder as its working directory. */
    void run(String program, String... arguments) {
        try {
            Process process = new ProcessBuilder(command(program, arguments))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(program + " failed:\n" + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(bin.resolve(program).toString()); // an absolute path stays
        command.addAll(List.of(arguments));
        return command;
    }

    /** Makes the data in a subfolder those of a standby that finds nothing to replay. */
    void becomeStandby(String data) {
        try {
            Files.createFile(folder.resolve(data).resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a server on the data in a subfolder; a standby if that is what the data say.
     *
     * @param settings {@code name=value}
     */
    ServerProcess start(String data, int port, String... settings) {
        List<String> command = command("postgres", "-D", folder.resolve(data).toString(), "-p", String.valueOf(port));
        Stream.concat(
                        Stream.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"),
                        Stream.of(settings))
                .forEach(setting -> command.addAll(List.of("-c", setting)));
        return ServerProcess.start(port, folder.resolve(data + ".log"), command);
    }
}
