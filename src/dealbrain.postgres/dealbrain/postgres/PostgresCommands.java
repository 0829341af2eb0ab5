package dealbrain.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs initdb, postgres and pg_ctl. They refuse to run as root. If this process runs as root, they run in a user
 * namespace of their own where the system allows that, otherwise as the user nobody.
 */
final class PostgresCommands {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCommands.class);
    private static final String START_SECONDS = "300"; // crash recovery may take that long
    private static final String STOP_SECONDS = "30";
    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;
    private static final List<String> IN_NAMESPACE = List.of("unshare", "-U");
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    private static final List<String> INITDB_OPTIONS = words("-A trust -E UTF8 --locale=C --locale-provider=builtin"
            + " --builtin-locale=C.UTF-8 --no-instructions -c timezone=UTC -c log_timezone=UTC"
            + " -c shared_buffers=128MB -c max_connections=100 -c log_checkpoints=off");

    private static final Pattern PROMPT = // and what initdb prints before it runs a program
            Pattern.compile("^(backend> |[a-z -]+ \\.\\.\\. )+");

    private final Path bin;
    private final List<String> prefix; // of each command line: switches the user
    private final int user; // that the server runs as, and that owns its files

    private PostgresCommands(Path bin, List<String> prefix, int user) {
        this.bin = bin;
        this.prefix = prefix;
        this.user = user;
    }

    /**
     * Returns the commands in {@code binaries/bin}, run as a user that PostgreSQL accepts.
     *
     * @param folder any writable folder; a file in it shows which user this process runs as
     */
    static PostgresCommands detect(Path binaries, Path folder) throws IOException {
        Path bin = binaries.resolve("bin");
        Path probe = Files.createTempFile(folder, "user", "");
        int user = (int) Files.getAttribute(probe, "unix:uid");
        Files.delete(probe);
        if (user != ROOT) {
            return new PostgresCommands(bin, List.of(), user);
        }
        PostgresCommands inNamespace = new PostgresCommands(bin, IN_NAMESPACE, ROOT);
        return inNamespace.canRun() ? inNamespace : asNobody(binaries);
    }

    /** Returns the commands for root without user namespaces, as in most containers. */
    private static PostgresCommands asNobody(Path binaries) throws IOException {
        Path bin = binaries.resolve("bin");
        PostgresCommands asNobody = new PostgresCommands(bin, AS_NOBODY, NOBODY);
        if (!asNobody.canRun()) {
            probe(binaries); // if they do not run for root either, this is not the reason
            throw new PostgresStartException("PostgreSQL refuses to run as root, and neither unshare nor setpriv works"
                    + " (the user nobody must be able to read " + bin + "): start dealbrain as another user,"
                    + " or set the URL of a database");
        }
        return asNobody;
    }

    private boolean canRun() {
        try {
            run("", "postgres", List.of("--version"));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Makes the user of the server the owner of {@code root} and of all files below, if they belong to root or nobody.
     * Files of other users are left alone.
     */
    void changeOwner(Path root) throws IOException {
        int owner = (int) Files.getAttribute(root, "unix:uid");
        if (owner == user || (owner != ROOT && owner != NOBODY) || prefix.isEmpty()) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> files = Files.walk(root)) {
            paths = files.toList();
        }
        for (Path path : paths) {
            Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Initialises the empty folder {@code data} with the superuser {@code name}, who has no password yet. */
    void initdb(Path data, String name, boolean durable) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-U", name));
        arguments.add(durable ? "--sync-method=fsync" : "--no-sync");
        arguments.addAll(INITDB_OPTIONS);
        run("", "initdb", arguments);
    }

    /** Runs SQL statements, one on each line, in single-user mode; no server may be running on {@code data}. */
    void runSingleUser(Path data, String statements) throws IOException {
        run(
                statements + "\n",
                "postgres",
                List.of("--single", "-D", data.toString(), "-c", "exit_on_error=on", "postgres"));
    }

    /** Starts the server outside the process group of this process. Returns when it accepts connections. */
    void start(Path data, Path log, String options) throws IOException {
        List<String> arguments = new ArrayList<>(words("start -w -s -t " + START_SECONDS));
        arguments.addAll(List.of("-D", data.toString(), "-l", log.toString(), "-o", options));
        run("", "pg_ctl", arguments);
    }

    /**
     * Stops the server, which closes its connections, and returns when it has ended. A server that does not stop in
     * time is stopped in immediate mode; the next start then runs crash recovery.
     */
    void stop(Path data) throws IOException {
        try {
            stop(data, "fast");
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("PostgreSQL did not stop in time; stopping it in immediate mode");
            stop(data, "immediate");
        }
    }

    private void stop(Path data, String mode) throws IOException {
        List<String> arguments = new ArrayList<>(words("stop -m " + mode + " -w -s -t " + STOP_SECONDS));
        arguments.addAll(List.of("-D", data.toString()));
        run("", "pg_ctl", arguments);
    }

    /**
     * Runs a program until it ends, with {@code input} on its standard input.
     *
     * @throws IOException the exit code was not 0; the message has the last line of the output that gives a reason
     */
    private void run(String input, String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(bin.resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG")); // PGDATA, PGPORT … of another server
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The program ended before it read the input. Its exit code and output show the reason.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(program + " failed with exit code " + status + ": " + failureReason(output));
        }
    }

    /**
     * Runs one of the unpacked programs as the current user.
     *
     * @throws IOException it does not run on this system
     */
    static void probe(Path binaries) throws IOException {
        new PostgresCommands(binaries.resolve("bin"), List.of(), ROOT).run("", "postgres", List.of("--version"));
    }

    /**
     * Returns the last line of an output or log for which there is advice, otherwise the last that gives a reason,
     * otherwise the last.
     */
    static String failureReason(String output) {
        List<String> lines = output.lines()
                .map(line -> PROMPT.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        return Stream.<Predicate<String>>of(StartFailure::isKnown, PostgresCommands::isReason, _ -> true)
                .flatMap(rule -> lines.reversed().stream().filter(rule).limit(1))
                .findFirst()
                .orElse("no output");
    }

    private static boolean isReason(String line) {
        return Stream.of("FATAL:", "PANIC:", "DETAIL:", "error:").anyMatch(line::contains);
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
