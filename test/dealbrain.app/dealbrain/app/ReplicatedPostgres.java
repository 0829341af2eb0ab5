package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import dealbrain.testing.Await;
import dealbrain.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A primary with the database {@code deals}, and its hot standby. Both count their statements. */
final class ReplicatedPostgres implements AutoCloseable {
    private static final String[] COUNTING = {
        "shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=top", "max_connections=60"
    };

    private final InstalledPostgres programs;
    private final int primaryPort = ServerProcess.freePort();
    private final int standbyPort = ServerProcess.freePort();
    private @Nullable ServerProcess primary;
    private @Nullable ServerProcess standby;

    private ReplicatedPostgres(InstalledPostgres programs) {
        this.programs = programs;
    }

    /** Creates and starts both, with all migrations applied. */
    static ReplicatedPostgres start(Path folder) throws IOException {
        ReplicatedPostgres servers = new ReplicatedPostgres(installedIn(folder));
        servers.createPrimary();
        Migrations.bundled().migrate(servers.primary());
        servers.createStandby();
        servers.awaitReplay();
        return servers;
    }

    /** Skips the test where PostgreSQL's server programs are not installed, except in CI. */
    private static InstalledPostgres installedIn(Path folder) throws IOException {
        InstalledPostgres programs = InstalledPostgres.in(folder).orElse(null);
        assertTrue(
                programs != null || !"true".equals(System.getenv("CI")),
                "CI needs PostgreSQL's server programs: apt-get install postgresql");
        assumeTrue(programs != null, "PostgreSQL's server programs are not installed");
        return programs;
    }

    /** Starts both with a copy of the data of servers that are closed: {@link #start} takes seconds longer. */
    static ReplicatedPostgres startCopy(Path closed, Path folder) throws IOException {
        ReplicatedPostgres servers = new ReplicatedPostgres(installedIn(folder));
        servers.programs.copy(closed, "primary", "standby");
        servers.startPrimary();
        servers.restartStandby();
        return servers;
    }

    private void createPrimary() {
        programs.run(
                "initdb", "-D", "primary", "-U", "dealbrain", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N");
        startPrimary();
        programs.run("createdb", "-h", "127.0.0.1", "-p", String.valueOf(primaryPort), "-U", "dealbrain", "deals");
        run(primary(), "CREATE EXTENSION pg_stat_statements");
    }

    private void startPrimary() {
        primary = programs.start("primary", primaryPort, COUNTING);
        Await.until("the primary accepts connections", () -> accepts(url(primaryPort, "postgres")));
    }

    private void createStandby() {
        programs.run("pg_basebackup", "-D", "standby", "-d", source(), "-R", "-X", "stream", "-c", "fast", "-N");
        restartStandby();
    }

    private String source() {
        return "host=127.0.0.1 user=dealbrain port=" + primaryPort;
    }

    /** Starts the standby, again with other settings. */
    void restartStandby(String... settings) {
        stopStandby();
        List<String> all = new ArrayList<>(List.of(COUNTING));
        all.addAll(List.of(settings));
        all.add("primary_conninfo=" + source());
        standby = programs.start("standby", standbyPort, all.toArray(String[]::new));
        Await.until("the standby accepts connections", () -> accepts(standby()));
    }

    void stopStandby() {
        stop(standby, "standby");
        standby = null;
    }

    void stopPrimary() {
        stop(primary, "primary");
        primary = null;
    }

    /** Does not wait for clients. */
    private void stop(@Nullable ServerProcess server, String data) {
        if (server != null) {
            programs.run("pg_ctl", "stop", "-D", data, "-m", "fast");
            server.close();
        }
    }

    ServerProcess standbyProcess() {
        return Objects.requireNonNull(standby);
    }

    /** Makes the standby a primary. */
    void promote() {
        programs.run("pg_ctl", "promote", "-D", "standby", "-w");
    }

    /** Restarts the former primary in recovery. It stays where it was. */
    void demotePrimary() {
        stopPrimary();
        programs.becomeStandby("primary");
        startPrimary();
    }

    DatabaseUrl primary() {
        return url(primaryPort, "deals");
    }

    DatabaseUrl standby() {
        return url(standbyPort, "deals");
    }

    static DatabaseUrl url(int port, String name) {
        return new DatabaseUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "dealbrain", "");
    }

    private static boolean accepts(DatabaseUrl url) {
        try {
            return OwnPostgres.number(url, "SELECT 1") == 1;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    /** Waits until the standby has everything that is committed on the primary now. */
    void awaitReplay() {
        run(primary(), "SELECT pg_switch_wal()"); // writes what no commit has written
        long position = OwnPostgres.number(primary(), "SELECT pg_current_wal_lsn() - '0/0'");
        Await.until(
                "the standby is up to date",
                () -> OwnPostgres.number(standby(), "SELECT pg_last_wal_replay_lsn() - '0/0'") >= position);
    }

    /** Returns how often a server has run a statement that loads a page, since {@link #resetCounts}. */
    static long pageStatements(DatabaseUrl server) {
        return OwnPostgres.number(server, """
                SELECT coalesce(sum(calls), 0) FROM pg_stat_statements
                 WHERE query LIKE '%pg_is_in_recovery()%' AND query LIKE '% FROM collection%c %'
                    OR query LIKE '%pg_is_in_recovery()%' AND query LIKE '% FROM listing%'""");
    }

    void resetCounts() {
        run(primary(), "SELECT pg_stat_statements_reset()");
        run(standby(), "SELECT pg_stat_statements_reset()");
    }

    /** Executes statements, each in its own transaction. */
    static void run(DatabaseUrl url, String... statements) {
        try (Connection connection = OwnPostgres.connect(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stopStandby();
        stopPrimary();
    }
}
