package dealbrain.testing;

import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import dealbrain.postgres.EmbeddedPostgres;
import dealbrain.postgres.PostgresStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL server for one test class, which may crash it. It is durable: what is committed survives a crash. All
 * migrations are applied. Port and data stay the same over a restart.
 *
 * <p>The id of a transaction that wrote nothing, or was rolled back, is on disk only when a later commit or the WAL
 * writer has flushed the log. The WAL writer is slow here, so that a crash assigns such ids again.
 */
public final class DurablePostgres implements AutoCloseable {
    private final Path folder;
    private final String text;
    private final DatabaseUrl url;
    private final Thread hook = new Thread(() -> this.server.close()); // for Ctrl-C
    private volatile EmbeddedPostgres server;

    private DurablePostgres(Path folder) {
        this.folder = folder;
        this.server = server();
        Runtime.getRuntime().addShutdownHook(hook);
        this.text = server.start();
        this.url = DatabaseUrl.parse(text);
    }

    /** Starts a server whose files are below {@code folder}. */
    public static DurablePostgres start(Path folder) {
        DurablePostgres postgres = new DurablePostgres(folder);
        Migrations.bundled().migrate(postgres.url);
        postgres.execute("ALTER SYSTEM SET wal_writer_delay = '10s'", "SELECT pg_reload_conf()");
        return postgres;
    }

    private EmbeddedPostgres server() {
        return new EmbeddedPostgres(folder, TestDatabase.binaries(), true);
    }

    public DatabaseUrl url() {
        return url;
    }

    /** Executes statements in order, each in its own transaction, over one connection. */
    public void execute(String... statements) {
        SqlClient.execute(url, statements);
    }

    /** Returns the first column of the first row as text. */
    public String query(String sql) {
        return SqlClient.column(url, sql).getFirst();
    }

    /**
     * Kills one backend. The server then ends all its processes but the postmaster, and runs crash recovery. Returns
     * when the processes have ended; connections are refused until recovery is complete.
     */
    public void killBackend() {
        List<ProcessHandle> processes = postmaster().children().toList();
        SqlClient.killBackend(url);
        awaitEnd(processes);
    }

    /** Kills all processes of the server, the postmaster first. */
    public void kill() {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(postmaster), postmaster.children()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(processes);
        server.close(); // unlocks the folder
    }

    /** Closes all connections and stops the server, which writes everything to disk. */
    public void stop() {
        server.close();
    }

    /**
     * Starts the server after {@link #kill} or {@link #stop}. Returns when it accepts connections. A backend that was
     * forked during {@link #kill} ends by itself; until then the server does not start.
     */
    public void start() {
        Await.until("PostgreSQL has started", () -> {
            server = server();
            try {
                if (server.start().equals(text)) {
                    return true;
                }
            } catch (PostgresStartException e) {
                if (String.valueOf(e.getMessage()).contains("pre-existing shared memory block")) {
                    return false;
                }
                throw e;
            }
            throw new IllegalStateException("another process took the port of " + url);
        });
    }

    /** Starts the stopped server as a hot standby. It accepts no changes until {@link #promote}. */
    public void startAsStandby() {
        try {
            Path data = folder.resolve("postgres-data");
            Files.createFile(data.resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** Promotes the standby. Returns when it accepts changes. */
    public void promote() {
        if (!query("SELECT pg_promote()").equals("t")) {
            throw new IllegalStateException("the standby was not promoted");
        }
    }

    /** Waits until the server accepts connections again after {@link #killBackend}. */
    public void awaitRecovery() {
        Await.until("PostgreSQL has recovered", () -> {
            try {
                return query("SELECT 'ok'").equals("ok");
            } catch (IllegalStateException _) {
                return false; // the database system is in recovery mode
            }
        });
    }

    private ProcessHandle postmaster() {
        Path file = folder.resolve("postgres-data").resolve("postmaster.pid");
        try (Stream<String> lines = Files.lines(file)) {
            long id = Long.parseLong(lines.findFirst().orElseThrow());
            return ProcessHandle.of(id).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        Await.until("the processes have ended", () -> processes.stream().noneMatch(DurablePostgres::runs));
    }

    /** A process without a command line has ended, and waits for its parent to read its exit code. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    @Override
    public void close() {
        server.close();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
