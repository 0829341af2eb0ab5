package dealbrain.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server for installations without one. It accepts connections from this machine only, and only with a
 * password. Its folder holds
 *
 * <ul>
 *   <li>{@code postgres-data}, the data,
 *   <li>{@code postgres.url}, the connection URL, readable by its owner only: {@code psql "$(cat postgres.url)"},
 *   <li>{@code postgres.log}, the log of the server,
 *   <li>{@code postgres.lock}, which reserves the folder for one process,
 *   <li>{@code postgres}, the binaries.
 * </ul>
 *
 * <p>Steps that an interruption could leave incomplete write to a temporary name, which is then renamed.
 *
 * <p>Register the shutdown hook that calls {@link #close} before {@link #start}, so that a start that is interrupted
 * leaves no process behind. The server is outside the process group of this process: Ctrl-C does not stop it before
 * {@link #close} does. After a {@code kill -9} of this process the server keeps running, and the next start replaces
 * it. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int ATTEMPTS = 3;
    private static final long MAX_LOG_BYTES = 10_000_000;

    private final Path binaries;
    private final boolean durable;
    private Path folder;
    private Path data;
    private @Nullable FolderLock lock;
    private @Nullable PostgresCommands commands;
    private @Nullable ServerUrl url;
    private volatile boolean closed;

    /**
     * Creates the server without starting it; see {@link #start}.
     *
     * @param folder  for all files of the server; created if it does not exist
     * @param durable whether committed transactions survive a power failure; false is faster, for tests
     */
    public EmbeddedPostgres(Path folder, boolean durable) {
        this(folder, folder.resolve("postgres"), durable);
    }

    /** Creates the server with its binaries in a folder that several servers may share. Does not start it yet. */
    public EmbeddedPostgres(Path folder, Path binaries, boolean durable) {
        this.folder = folder;
        this.data = folder.resolve("postgres-data");
        this.binaries = binaries;
        this.durable = durable;
    }

    /**
     * Unpacks the binaries and initialises the data if they do not exist, starts the server, and returns when it
     * accepts connections. If the server already runs, returns the same URL again.
     *
     * @return the connection URL with the password, {@code postgresql://user:password@host:port/database}
     * @throws PostgresStartException the server did not start; no process is left running
     */
    public synchronized String start() {
        if (url != null) {
            return url.text();
        }
        try {
            ServerUrl started = startServer();
            url = started;
            failIfClosed();
            LOG.atInfo().addKeyValue("url", started).log("started PostgreSQL");
            return started.text();
        } catch (IOException e) {
            release();
            throw new PostgresStartException(
                    "the embedded PostgreSQL in " + folder + " did not start: " + StartFailure.describe(e), e);
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    private ServerUrl startServer() throws IOException {
        failIfClosed();
        folder = Files.createDirectories(folder).toRealPath();
        StartFailure.requireUsablePath(folder);
        data = folder.resolve("postgres-data");
        lock = FolderLock.acquire(folder.resolve("postgres.lock"));
        Path unpacked = PostgresBinaries.unpack(binaries).toRealPath();
        StartFailure.requireUsablePath(unpacked);
        StartFailure.requireExecutable(unpacked);
        failIfClosed();
        PostgresCommands found = PostgresCommands.detect(unpacked, folder);
        commands = found;
        stopServer(found); // of a process that was killed
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        if (!Files.isDirectory(data)) {
            initialise(found);
        }
        found.changeOwner(data);
        return launch(found, storedUrl(found));
    }

    /** Ends {@link #start} early after a {@link #close}. Called between two steps. */
    private void failIfClosed() {
        if (closed) {
            throw new PostgresStartException("the embedded PostgreSQL was closed while it started");
        }
    }

    private void initialise(PostgresCommands commands) throws IOException {
        Path unfinished = folder.resolve("postgres-data.unfinished");
        PostgresBinaries.delete(unfinished);
        commands.changeOwner(Files.createDirectory(unfinished));
        commands.initdb(unfinished, ServerUrl.NAME, durable);
        write(unfinished.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        String password = newPassword();
        commands.runSingleUser(unfinished, "CREATE DATABASE " + ServerUrl.NAME + "\n" + setPassword(password));
        store(ServerUrl.of(freePort(), password));
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        failIfClosed();
    }

    /** Returns the URL that the last start stored. If the file is lost, sets a new password and stores a new URL. */
    private ServerUrl storedUrl(PostgresCommands commands) throws IOException {
        try {
            return ServerUrl.parse(Files.readString(urlFile()));
        } catch (NoSuchFileException | IllegalArgumentException _) {
            LOG.atWarn()
                    .addKeyValue("file", urlFile())
                    .log("connection URL of the embedded PostgreSQL missing or invalid; setting a new password");
        }
        String password = newPassword();
        commands.runSingleUser(data, setPassword(password));
        return store(ServerUrl.of(freePort(), password));
    }

    private static String setPassword(String password) {
        return "ALTER ROLE " + ServerUrl.NAME + " PASSWORD '" + password + "'";
    }

    /** Returns a random password of letters, digits, {@code -} and {@code _}: safe in a URL and in an SQL literal. */
    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private ServerUrl store(ServerUrl url) throws IOException {
        Path unfinished = Files.createTempFile(folder, "postgres.url", ""); // readable by its owner only
        write(unfinished, url.text() + "\n");
        Files.move(unfinished, urlFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return url;
    }

    /** Replaces the content of a file and returns when it is on disk. */
    private static void write(Path file, String text) throws IOException {
        Files.writeString(
                file, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.SYNC);
    }

    /** Starts the server on the port of {@code stored}, or on another port if that one is in use. */
    private ServerUrl launch(PostgresCommands commands, ServerUrl stored) throws IOException {
        Path log = openLog();
        commands.changeOwner(log);
        ServerUrl candidate = stored;
        for (int attempt = 1; ; attempt++) {
            if (!isFree(candidate.port())) {
                candidate = store(candidate.withPort(freePort()));
            }
            failIfClosed();
            try {
                launch(commands, log, candidate.port());
                return candidate;
            } catch (IOException e) {
                boolean portTaken = !isFree(candidate.port()); // by another process, after the check above
                if (!portTaken || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void launch(PostgresCommands commands, Path log, int port) throws IOException {
        int logged = (int) Files.size(log);
        try {
            commands.start(data, log, options(port));
        } catch (IOException e) {
            throw new IOException(startFailure(log, logged, e) + " (see " + log + ")", e);
        }
    }

    /** Returns whether a server runs on the data, also one that was started by hand. */
    boolean isRunning() {
        return serverProcess().isPresent();
    }

    /**
     * Starts the server again after it has ended, on the same port, because clients keep the URL. Does nothing if it
     * runs or was closed. PostgreSQL itself refuses to start while another process uses the data.
     *
     * @throws PostgresStartException the server did not start
     */
    synchronized void restart() {
        ServerUrl current = url;
        PostgresCommands found = commands;
        if (closed || current == null || found == null || isRunning()) {
            return;
        }
        try {
            if (!isFree(current.port())) {
                throw new IOException("another process uses the port " + current.port());
            }
            removeLockOfZombie();
            Path log = openLog();
            found.changeOwner(log);
            launch(found, log, current.port());
        } catch (IOException e) {
            throw new PostgresStartException(
                    "the embedded PostgreSQL in " + folder + " did not start again: " + StartFailure.describe(e), e);
        }
    }

    /**
     * Deletes {@code postmaster.pid} if its process has ended and was not reaped, because PostgreSQL counts it as
     * alive. As the first process of a container, this process inherits the server, and Java reaps only its own
     * children.
     */
    private void removeLockOfZombie() throws IOException {
        Path lockFile = data.resolve("postmaster.pid");
        try (Stream<String> lines = Files.lines(lockFile)) {
            String pid = lines.findFirst().orElse("").strip();
            if (pid.matches("\\d+") && isZombie(Path.of("/proc", pid, "stat"))) {
                Files.delete(lockFile);
            }
        } catch (NoSuchFileException _) {
            // the server has removed its file, or the process does not exist, or there is no /proc
        }
    }

    /** Reads the state of a process, which follows its name in parentheses (proc_pid_stat(5)). */
    private static boolean isZombie(Path stat) throws IOException {
        String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
        return text.startsWith(" Z ", text.lastIndexOf(')') + 1);
    }

    /** Returns the reason that the server logged after {@code offset}, otherwise the message of {@code e}. */
    private static @Nullable String startFailure(Path log, int offset, IOException e) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        String logged = new String(bytes, offset, bytes.length - offset, StandardCharsets.UTF_8);
        return logged.isBlank() ? e.getMessage() : PostgresCommands.failureReason(logged);
    }

    /** Returns the settings that must not differ. They override postgresql.conf; all others can be changed there. */
    private String options(int port) {
        return "-c port=" + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c logging_collector=off"
                // The details of an error would show user input in the log.
                + " -c log_error_verbosity=terse -c log_min_error_statement=panic"
                + (durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
    }

    /** Returns the log file, which exists afterwards. A large one is renamed first. */
    private Path openLog() throws IOException {
        Path log = folder.resolve("postgres.log");
        if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
            Files.move(log, folder.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        return log;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private Path urlFile() {
        return folder.resolve("postgres.url");
    }

    /**
     * Returns the process in {@code postmaster.pid} if it has our data folder on its command line. After a power
     * failure its process id may belong to another process.
     */
    private Optional<ProcessHandle> serverProcess() {
        try {
            long pid = Long.parseLong(Files.readString(data.resolve("postmaster.pid"))
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .arguments()
                            .filter(arguments -> Arrays.asList(arguments).contains(data.toString()))
                            .isPresent());
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private void stopServer(PostgresCommands commands) throws IOException {
        Optional<ProcessHandle> process = serverProcess();
        if (process.isEmpty()) {
            return;
        }
        try {
            commands.stop(data);
        } catch (IOException e) {
            if (!isRunning()) {
                throw e;
            }
            // Its process does not react, such as after a SIGSTOP. The next start runs crash recovery.
            LOG.atWarn().setCause(e).log("PostgreSQL did not stop in immediate mode; killing it");
            process.get().destroyForcibly();
            process.get().onExit().join();
        }
        LOG.atInfo().addKeyValue("folder", folder).log("stopped PostgreSQL");
    }

    /** Stops the server and unlocks the folder. Waits for a start in progress, which fails. May be called again. */
    @Override
    public void close() {
        closed = true;
        release();
    }

    private synchronized void release() {
        try (FolderLock _ = lock) {
            if (commands != null) {
                stopServer(commands);
            }
        } catch (IOException e) {
            LOG.atError().addKeyValue("folder", folder).setCause(e).log("PostgreSQL did not stop");
        } finally {
            commands = null;
            url = null;
            lock = null;
        }
    }
}
