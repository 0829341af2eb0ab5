package dealbrain.app;

import dealbrain.caching.RedisState;
import dealbrain.caching.RedisUrl;
import dealbrain.database.DatabaseState;
import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import dealbrain.http.OpenFiles;
import dealbrain.postgres.EmbeddedFolder;
import dealbrain.postgres.PostgresStartException;
import dealbrain.standby.StandbyState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Checks an installation without changing it, and prints what to do: {@code dealbrain doctor}. */
final class Doctor {
    private static final int OLDEST_REDIS = 6;
    /** A quarter of the shortest usual lease; docs/decisions/0009-never-stale.md relies on less. */
    private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMillis(500);

    private final PrintStream out;
    private int problems;

    private Doctor(PrintStream out) {
        this.out = out;
    }

    /** Returns whether no problem was found; advice and notes are not problems. */
    static boolean examine(Map<String, String> variables, PrintStream out) {
        Doctor doctor = new Doctor(out);
        try {
            doctor.examine(Config.from(variables));
        } catch (ConfigException e) {
            doctor.wrong("the configuration is invalid (docs/configuration.md):\n"
                    + String.valueOf(e.getMessage()).indent(8).stripTrailing());
        }
        out.println(summary(doctor.problems));
        out.flush();
        return doctor.problems == 0;
    }

    private static String summary(int problems) {
        return switch (problems) {
            case 0 -> "No problems found.";
            case 1 -> "1 problem found.";
            default -> problems + " problems found.";
        };
    }

    private void ok(String sentence) {
        out.println("ok      " + sentence);
    }

    private void note(String sentence) {
        out.println("note    " + sentence);
    }

    private void advise(String sentence) {
        out.println("advice  " + sentence);
    }

    private void wrong(String sentence) {
        out.println("WRONG   " + sentence);
        problems++;
    }

    private void require(boolean holds, String ok, String wrong) {
        if (holds) {
            ok(ok);
        } else {
            wrong(wrong);
        }
    }

    private void adviseUnless(boolean holds, String advice) {
        if (!holds) {
            advise(advice);
        }
    }

    private void examine(Config config) {
        ok("the configuration is valid");
        if (config.isProduction()) {
            adviseUnless(
                    config.http().publicUrl().isPresent(),
                    "links start with the address of the listening socket: set DEALBRAIN_PUBLIC_URL");
            adviseUnless(
                    config.database().url().isPresent(),
                    "the database is the embedded one: set DATABASE_URL to a server that several instances can share");
        }
        openFiles(OpenFiles.now());
        try {
            database(config, url(config));
        } catch (DatabaseUnavailableException e) {
            unavailable(config, e);
        } catch (NoSuchFileException _) {
            advise("there is no embedded PostgreSQL in " + config.dataDir() + " yet: the first start creates it");
        } catch (IOException | IllegalArgumentException e) {
            wrong(embedded(config) + " cannot be read: " + e.getMessage());
        }
        config.database().readUrl().ifPresent(read -> standby(config, read));
        config.cache()
                .redisUrl()
                .ifPresentOrElse(
                        this::redis,
                        () -> advise("REDIS_URL is not set: each instance caches shared pages in its own memory only"));
    }

    /** The server has the limit of this process, if both are started in the same way. */
    private void openFiles(OpenFiles files) {
        if (files.isSufficient()) {
            ok("the limit of open files is enough for " + files.maxConnections() + " connections");
        } else {
            advise("the limit of open files, " + files.limit() + ", is enough for " + files.maxConnections()
                    + " connections; further ones are closed: raise it to " + files.sufficientLimit()
                    + " (ulimit -n, LimitNOFILE= of systemd, --ulimit of Docker)");
        }
    }

    /** An embedded PostgreSQL runs only while dealbrain does. */
    private void unavailable(Config config, DatabaseUnavailableException reason) {
        try {
            if (config.database().url().isEmpty() && EmbeddedFolder.isStopped(config.dataDir())) {
                note("the embedded PostgreSQL in " + config.dataDir() + " is stopped, and was not checked: it runs"
                        + " while dealbrain does, so start dealbrain (make run, systemctl start dealbrain)");
                return;
            }
        } catch (PostgresStartException _) {
            // the folder cannot be locked; the reason below is what the server would report, too
        }
        wrong(String.valueOf(reason.getMessage()));
    }

    private static DatabaseUrl url(Config config) throws IOException {
        return config.database().url().isPresent()
                ? config.database().url().get()
                : DatabaseUrl.parse(Files.readString(embedded(config)));
    }

    private static Path embedded(Config config) {
        return config.dataDir().resolve("postgres.url");
    }

    private void database(Config config, DatabaseUrl url) {
        DatabaseState state = DatabaseState.of(url, Migrations.bundled());
        ok("PostgreSQL " + state.version() + " at " + url.address() + " can be reached");
        state.problems().forEach(this::wrong);
        if (state.problems().isEmpty()) {
            ok("the database is writable, has the encoding UTF8 and the settings that dealbrain needs");
        }
        durability(url, state);
        connections(config, state);
        session(state);
        adviseUnless(
                state.pending() == 0,
                state.pending() + " migrations are not applied: the next start of this version applies them");
        state.duplicateIndexes().forEach(pair -> note("two indexes have the same definition: " + pair));
        state.unusedIndexes()
                .forEach(index -> note("the index " + index + " was not used since the statistics were reset"));
        clock("PostgreSQL", state.clockAhead());
    }

    private void durability(DatabaseUrl url, DatabaseState state) {
        if (url.hasSeveralHosts()) {
            note("of the hosts of DATABASE_URL, only the primary server is used: a standby, for anonymous pages, has"
                    + " the URL DATABASE_READ_URL");
        }
        require(
                state.isOn("fsync") && state.isOn("full_page_writes"),
                "committed changes survive a power failure",
                "a power failure can destroy the data: set fsync and full_page_writes to on");
        require(
                state.isOn("autovacuum") && state.isOn("track_counts"),
                "autovacuum is on",
                "tables grow without limit: set autovacuum and track_counts to on");
    }

    private void connections(Config config, DatabaseState state) {
        int available = Integer.parseInt(state.setting("max_connections"))
                - Integer.parseInt(state.setting("superuser_reserved_connections"));
        String size = "DEALBRAIN_POOL_SIZE=" + config.database().poolSize();
        int perInstance = config.database().poolSize() + 1; // the pool, and the connection of the poller
        require(
                config.database().poolSize() < available,
                available + " connections are enough for " + available / perInstance + " instances with " + size,
                "too few connections for " + size + ": the server allows " + available
                        + "; lower it, or raise max_connections");
    }

    /** The server starts without the standby, so it is advice if it cannot be reached. */
    private void standby(Config config, DatabaseUrl url) {
        StandbyState standby;
        try {
            standby = StandbyState.of(url);
        } catch (DatabaseUnavailableException e) {
            advise("the standby is not used, and the primary loads all pages: " + e.getMessage());
            return;
        }
        require(
                standby.inRecovery(),
                "the server at " + url.address() + " is a standby",
                "the server at " + url.address() + " is not a standby: correct DATABASE_READ_URL, or remove it");
        require(
                config.database().poolSize() < standby.maxConnections(),
                "the standby allows enough connections",
                "the standby allows only " + standby.maxConnections() + " connections: lower DEALBRAIN_POOL_SIZE, or"
                        + " raise max_connections");
        try {
            boolean same =
                    standby.hasClusterOf(StandbyState.of(config.database().url().orElseThrow()));
            require(
                    same,
                    "the standby has the cluster of DATABASE_URL",
                    "the standby is one of another cluster than DATABASE_URL: it is not used");
        } catch (DatabaseUnavailableException _) {
            note("whether the standby has the cluster of DATABASE_URL could not be checked");
        }
    }

    /** Checks the settings that each connection requests, because a connection pooler may drop them. */
    private void session(DatabaseState state) {
        require(
                !state.setting("statement_timeout").equals("0")
                        && !state.setting("lock_timeout").equals("0"),
                "statements and locks have timeouts",
                "statements or locks have no timeout, because a connection pooler drops the settings of connections: "
                        + "ALTER ROLE … SET statement_timeout = '30s', lock_timeout = '10s' "
                        + "(docs/operations.md, pgBouncer)");
        adviseUnless(
                state.setting("plan_cache_mode").equals("force_generic_plan") && state.isOff("jit"),
                "planning statements takes longer than necessary: "
                        + "ALTER ROLE … SET plan_cache_mode = force_generic_plan, SET jit = off "
                        + "(docs/operations.md, pgBouncer)");
    }

    private void redis(RedisUrl url) {
        RedisState state;
        try {
            state = RedisState.of(url);
        } catch (RuntimeException e) {
            wrong("Redis at " + url + " cannot be used: " + e.getMessage());
            return;
        }
        String major = state.version().replaceFirst("\\..*", "");
        String server = "Redis " + state.version() + " at " + url;
        require(
                major.matches("\\d+") && Integer.parseInt(major) >= OLDEST_REDIS,
                server + " can be reached",
                server + " is too old: version " + OLDEST_REDIS + " or newer is required");
        adviseUnless(
                !state.maxMemory().equals("0"),
                "the memory of Redis has no limit: set maxmemory, for example to 256mb");
        require(
                state.policy().isEmpty() || state.policy().startsWith("allkeys-"),
                "Redis evicts keys when its memory is full",
                "Redis rejects writes when its memory is full: set maxmemory-policy to allkeys-lru, was "
                        + state.policy());
        clock("Redis", state.clockAhead());
    }

    private void clock(String server, Duration ahead) {
        require(
                ahead.abs().compareTo(MAX_CLOCK_DIFFERENCE) <= 0,
                "the clock of " + server + " agrees with the local clock",
                "the clock of " + server + " differs from the local clock by " + ahead.toMillis()
                        + " ms: synchronize both with a time server");
    }
}
