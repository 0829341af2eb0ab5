package dealbrain.postgres;

import dealbrain.database.DatabaseUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs initdb, postgres and pg_ctl. They refuse to run as root; a program of root's runs them in a user namespace
 * of their own where that is allowed, else as the user nobody.
 */
final class PostgresPrograms {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);
    private static final String START_SECONDS = "300"; // as long as it may replay what a power cut left
    private static final String STOP_SECONDS = "30";
    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final List<String> OTHER_USER =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private final Path bin;
    private final List<String> prefix;
    private final int user;

    private PostgresPrograms(Path bin, List<String> prefix, int user) {
        this.bin = bin;
        this.prefix = prefix;
        this.user = user;
    }

    /** Finds out how the programs below {@code binaries} can be run by us; {@code folder} is one where we may write. */
    static PostgresPrograms in(Path binaries, Path folder) throws IOException {
        Path bin = binaries.resolve("bin");
        Path ours = Files.createTempFile(folder, "user", "");
        int user = (int) Files.getAttribute(ours, "unix:uid");
        Files.delete(ours);
        if (user != ROOT) {
            return new PostgresPrograms(bin, List.of(), user);
        }
        PostgresPrograms namespace = new PostgresPrograms(bin, NAMESPACE, ROOT);
        return namespace.works() ? namespace : asNobody(bin);
    }

    /** For root where namespaces are not allowed, as in most containers. */
    static PostgresPrograms asNobody(Path bin) {
        PostgresPrograms nobody = new PostgresPrograms(bin, OTHER_USER, NOBODY);
        if (!nobody.works()) {
            throw new DatabaseUnavailableException(
                    "PostgreSQL refuses to run as root, and neither unshare nor setpriv works"
                            + " here (the user nobody must be able to read " + bin
                            + "): start this program as another user, or give"
                            + " the URL of a database");
        }
        return nobody;
    }

    private boolean works() {
        try {
            run("", "postgres", "--version");
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Gives what we made to the user that the programs run as. What belongs to a person stays theirs. */
    void own(Path root) throws IOException {
        int owner = (int) Files.getAttribute(root, "unix:uid");
        if (owner == user || (owner != ROOT && owner != NOBODY) || prefix.isEmpty()) {
            return;
        }
        List<Path> found;
        try (Stream<Path> files = Files.walk(root)) {
            found = files.toList();
        }
        for (Path each : found) {
            Files.setAttribute(each, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(each, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Initialises an empty folder for the superuser {@code name}, who is asked for no password yet. */
    void initdb(Path data, String name, boolean durable) throws IOException {
        run(
                "",
                "initdb",
                "-D",
                data.toString(),
                "-U",
                name,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                durable ? "--sync-method=fsync" : "--no-sync",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC",
                "-c",
                "shared_buffers=128MB",
                "-c",
                "max_connections=100",
                "-c",
                "log_checkpoints=off");
    }

    /** Runs statements, one a line, on data that no server serves. */
    void single(Path data, String statements) throws IOException {
        run(statements + "\n", "postgres", "--single", "-D", data.toString(), "-c", "exit_on_error=on", "postgres");
    }

    /** Starts the server, out of our process group, and returns when it takes connections. */
    void start(Path data, Path log, String options) throws IOException {
        run(
                "",
                "pg_ctl",
                "start",
                "-w",
                "-t",
                START_SECONDS,
                "-s",
                "-D",
                data.toString(),
                "-l",
                log.toString(),
                "-o",
                options);
    }

    /** Stops the server and returns when it has ended: connections are cut, and in need a start must recover. */
    void stop(Path data) throws IOException {
        try {
            run("", "pg_ctl", "stop", "-m", "fast", "-w", "-t", STOP_SECONDS, "-s", "-D", data.toString());
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("PostgreSQL did not stop in time and is stopped at once");
            run("", "pg_ctl", "stop", "-m", "immediate", "-w", "-t", STOP_SECONDS, "-s", "-D", data.toString());
        }
    }

    /**
     * Runs a program to its end, with {@code input} on its standard input.
     *
     * @throws IOException it ended with an error; the message is the last line that says why
     */
    private void run(String input, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG")); // PGDATA and the like are not for us
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The program ended without reading; its exit code and words tell why.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(program + " ended with " + status + ": " + reason(output));
        }
    }

    /** The last line of an output or log that tells a reason, else its last line. */
    static String reason(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.reversed().stream()
                .filter(line ->
                        Stream.of("FATAL:", "PANIC:", "DETAIL:", "error:").anyMatch(line::contains))
                .findFirst()
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }
}
