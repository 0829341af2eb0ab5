package dealbrain.postgres;

import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, for those who have none: its data in a folder, reached only from this machine and
 * only with a password. The folder holds {@code postgres-data}, {@code postgres.url} (how to reach it, for us alone:
 * {@code psql "$(cat postgres.url)"}), {@code postgres.log}, {@code postgres.lock}, and {@code postgres} with the
 * programs. Each step that an interruption could leave half done is done under another name and then renamed.
 *
 * <p>To leave nothing behind, register the shutdown hook that calls {@link #close} before {@link #start}. The server
 * is not in our process group, so that Ctrl-C does not stop it before we are ready; after a {@code kill -9} of this
 * program it goes on, and the next start finds and replaces it. Threads may share this.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "dealbrain"; // of the user and of the database
    private static final int ATTEMPTS = 3;
    private static final long LARGEST_LOG = 10_000_000;

    private final Path binaries;
    private final boolean durable;
    private Path folder;
    private Path data;
    private @Nullable FolderLock lock;
    private @Nullable PostgresPrograms programs;
    private @Nullable DatabaseUrl url;
    private volatile boolean closed;

    /**
     * Nothing happens before {@link #start}.
     *
     * @param durable whether what was committed survives a power cut; false is faster, for tests
     */
    public EmbeddedPostgres(Path folder, boolean durable) {
        this(folder, folder.resolve("postgres"), durable);
    }

    /** As above, with the programs unpacked into {@code binaries}, which several servers may share. */
    public EmbeddedPostgres(Path folder, Path binaries, boolean durable) {
        this.folder = folder;
        this.data = folder.resolve("postgres-data");
        this.binaries = binaries;
        this.durable = durable;
    }

    /**
     * Unpacks and initialises what is not there, starts the server, and returns when it takes connections.
     *
     * @throws DatabaseUnavailableException with the reason; then nothing runs
     */
    public synchronized DatabaseUrl start() {
        if (url != null) {
            return url;
        }
        try {
            proceed();
            folder = Files.createDirectories(folder).toRealPath();
            data = folder.resolve("postgres-data");
            lock = FolderLock.acquire(folder.resolve("postgres.lock"));
            Path unpacked = PostgresBinaries.unpack(binaries).toRealPath();
            proceed();
            programs = PostgresPrograms.in(unpacked, folder);
            stopServer(programs); // one that a killed program left
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            if (!Files.isDirectory(data)) {
                initialise(programs);
            }
            programs.own(data);
            url = launch(programs, remembered(programs));
            proceed();
        } catch (IOException e) {
            release();
            String why = e instanceof AccessDeniedException denied
                    ? denied.getFile() + " may not be written"
                    : e.getMessage();
            throw new DatabaseUnavailableException(
                    "the embedded PostgreSQL in " + folder + " did not start: " + why, e);
        } catch (RuntimeException e) {
            release();
            throw e;
        }
        LOG.atInfo().addKeyValue("url", url).log("started PostgreSQL");
        return url;
    }

    /** Gives up between two steps when {@link #close} was called meanwhile. */
    private void proceed() {
        if (closed) {
            throw new DatabaseUnavailableException("the embedded PostgreSQL was closed while it started");
        }
    }

    private void initialise(PostgresPrograms programs) throws IOException {
        Path unfinished = folder.resolve("postgres-data.unfinished");
        PostgresBinaries.delete(unfinished);
        programs.own(Files.createDirectory(unfinished));
        programs.initdb(unfinished, NAME, durable);
        write(unfinished.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        String password = newPassword();
        programs.single(unfinished, "CREATE DATABASE " + NAME + "\n" + setPassword(password));
        remember(freePort(), password);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        proceed();
    }

    /** Where the server was reached the last time; a new password and port when that was lost. */
    private DatabaseUrl remembered(PostgresPrograms programs) throws IOException {
        try {
            return DatabaseUrl.parse(Files.readString(urlFile()));
        } catch (NoSuchFileException | IllegalArgumentException _) {
            LOG.atWarn()
                    .addKeyValue("file", urlFile())
                    .log("the password of the embedded PostgreSQL is lost; setting a new one");
        }
        String password = newPassword();
        programs.single(data, setPassword(password));
        return remember(freePort(), password);
    }

    private static String setPassword(String password) {
        return "ALTER ROLE " + NAME + " PASSWORD '" + password + "'";
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private DatabaseUrl remember(int port, String password) throws IOException {
        String text = "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(NAME, password, port, NAME);
        Path written = Files.createTempFile(folder, "postgres.url", ""); // readable by its owner only
        write(written, text + "\n");
        Files.move(written, urlFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return DatabaseUrl.parse(text);
    }

    /** Replaces what is in a file, and waits until the disk has it. */
    private static void write(Path file, String text) throws IOException {
        Files.writeString(
                file, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.SYNC);
    }

    private DatabaseUrl launch(PostgresPrograms programs, DatabaseUrl remembered) throws IOException {
        Path log = log();
        programs.own(log);
        DatabaseUrl wanted = remembered;
        for (int attempt = 1; ; attempt++) {
            if (!isFree(port(wanted))) {
                wanted = remember(freePort(), wanted.password());
            }
            proceed();
            int written = (int) Files.size(log);
            try {
                programs.start(data, log, options(port(wanted)));
                return wanted;
            } catch (IOException e) {
                if (isFree(port(wanted)) || attempt == ATTEMPTS) { // else somebody was quicker to take the port
                    byte[] lines = Files.readAllBytes(log);
                    String said = new String(lines, written, lines.length - written, StandardCharsets.UTF_8);
                    String why = said.isBlank() ? e.getMessage() : PostgresPrograms.reason(said);
                    throw new IOException(why + " (see " + log + ")", e);
                }
            }
        }
    }

    /** What must hold whatever postgresql.conf says; the rest can be tuned there. */
    private String options(int port) {
        return "-c port=" + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c logging_collector=off"
                + " -c log_error_verbosity=terse -c log_min_error_statement=panic" // their details show what people
                // typed
                + (durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
    }

    private Path log() throws IOException {
        Path log = folder.resolve("postgres.log");
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
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

    private static int port(DatabaseUrl url) {
        return Integer.parseInt(url.address()
                .substring(url.address().indexOf(':') + 1, url.address().indexOf('/')));
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

    /** The server on our data. Its number alone would not do: after a power cut it may be another program's. */
    private Optional<ProcessHandle> server() {
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

    private void stopServer(PostgresPrograms programs) throws IOException {
        if (server().isPresent()) {
            programs.stop(data);
            LOG.atInfo().addKeyValue("folder", folder).log("stopped PostgreSQL");
        }
    }

    /** Stops the server and gives the folder free; waits for a start that is under way. May be called again. */
    @Override
    public void close() {
        closed = true;
        release();
    }

    private synchronized void release() {
        try (FolderLock _ = lock) {
            if (programs != null) {
                stopServer(programs);
            }
        } catch (IOException e) {
            LOG.atError().addKeyValue("folder", folder).setCause(e).log("PostgreSQL did not stop");
        } finally {
            programs = null;
            url = null;
            lock = null;
        }
    }
}
