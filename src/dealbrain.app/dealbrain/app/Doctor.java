package dealbrain.app;

import dealbrain.caching.RedisState;
import dealbrain.caching.RedisUrl;
import dealbrain.database.DatabaseState;
import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Examines an installation without changing it, and says what to do: {@code dealbrain doctor}. */
final class Doctor {
    private static final int OLDEST_POSTGRES = 15;
    private static final int OLDEST_REDIS = 6;
    /** A quarter of the shortest usual lease: docs/decisions/0009-never-stale.md counts on less. */
    private static final Duration MOST_CLOCK_DIFFERENCE = Duration.ofMillis(500);

    private final PrintStream out;
    private int wrong;

    private Doctor(PrintStream out) {
        this.out = out;
    }

    /** Returns whether all is well, apart from what is only advice. */
    static boolean examine(Map<String, String> variables, PrintStream out) {
        Doctor doctor = new Doctor(out);
        try {
            doctor.examine(Config.from(variables));
        } catch (ConfigException e) {
            doctor.wrong("the configuration has mistakes (docs/configuration.md):\n"
                    + String.valueOf(e.getMessage()).indent(8).stripTrailing());
        }
        out.println(
                doctor.wrong == 0
                        ? "All is well."
                        : doctor.wrong == 1 ? "One thing is wrong." : doctor.wrong + " things are wrong.");
        out.flush();
        return doctor.wrong == 0;
    }

    private void well(String sentence) {
        out.println("ok      " + sentence);
    }

    private void advise(String sentence) {
        out.println("advice  " + sentence);
    }

    private void wrong(String sentence) {
        out.println("WRONG   " + sentence);
        wrong++;
    }

    private void require(boolean holds, String well, String wrong) {
        if (holds) {
            well(well);
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
        well("the configuration can be read");
        if (config.isProduction()) {
            adviseUnless(
                    config.http().publicUrl().isPresent(),
                    "links name the address that the server listens on: set DEALBRAIN_PUBLIC_URL to the one people use");
            adviseUnless(
                    config.database().url().isPresent(),
                    "the database is the embedded one: DATABASE_URL names a server that several programs can share");
        }
        try {
            database(config, url(config));
        } catch (DatabaseUnavailableException e) {
            wrong(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException _) {
            advise("there is no embedded PostgreSQL in " + config.dataDir() + " yet: the first start makes it");
        } catch (IOException | IllegalArgumentException e) {
            wrong(embedded(config) + " cannot be read: " + e.getMessage());
        }
        config.cache()
                .redisUrl()
                .ifPresentOrElse(
                        this::redis,
                        () -> advise(
                                "there is no REDIS_URL: shared pages are kept in the memory of each program alone"));
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
        DatabaseState state = DatabaseState.of(url, Migrations.ofProgram());
        require(
                Integer.parseInt(state.setting("server_version_num")) / 10_000 >= OLDEST_POSTGRES,
                "PostgreSQL " + state.version() + " answers at " + url.address(),
                "PostgreSQL " + state.version() + " at " + url.address() + " is too old: " + OLDEST_POSTGRES
                        + " or newer is needed");
        require(
                state.setting("transaction_read_only").equals("off"),
                "it takes changes",
                "it takes no changes: give the URL of the primary server");
        require(
                state.setting("server_encoding").equals("UTF8"),
                "its encoding is UTF8",
                "its encoding is " + state.setting("server_encoding") + ": make a database with ENCODING 'UTF8'");
        require(
                state.setting("fsync").equals("on")
                        && state.setting("full_page_writes").equals("on"),
                "what is committed survives a power cut",
                "a power cut can destroy the data: set fsync and full_page_writes to on");
        require(
                state.setting("autovacuum").equals("on")
                        && state.setting("track_counts").equals("on"),
                "it is vacuumed",
                "tables will grow without end: set autovacuum and track_counts to on");
        adviseUnless(
                !state.setting("synchronous_commit").equals("off"),
                "the last acknowledged changes may be lost in a crash: synchronous_commit is off");
        connections(config, state);
        session(state);
        adviseUnless(
                state.pending() == 0,
                state.pending() + " migrations are not applied: the next start of this program does it");
        state.duplicateIndexes().forEach(pair -> advise("two indexes hold the same, drop one: " + pair));
        state.unusedIndexes()
                .forEach(index -> advise("the index " + index
                        + " was never read since statistics began: if that was long ago, drop it"));
        clock("PostgreSQL", state.clockAhead());
    }

    private void connections(Config config, DatabaseState state) {
        int most = Integer.parseInt(state.setting("max_connections"))
                - Integer.parseInt(state.setting("superuser_reserved_connections"));
        require(
                config.database().poolSize() < most,
                "its " + most + " connections are enough for "
                        + most / (config.database().poolSize() + 1) + " programs with DEALBRAIN_POOL_SIZE="
                        + config.database().poolSize(),
                "it has " + most + " connections, too few for DEALBRAIN_POOL_SIZE="
                        + config.database().poolSize() + ": lower that, or raise max_connections");
    }

    /** What the program asks for at connecting; a pooler between may drop it. */
    private void session(DatabaseState state) {
        require(
                !state.setting("statement_timeout").equals("0")
                        && !state.setting("lock_timeout").equals("0"),
                "statements and locks have a longest time",
                "statements or locks may wait for ever, as the settings of connections are dropped on the way: ALTER ROLE … SET statement_timeout = '30s', "
                        + "lock_timeout = '10s' (docs/operations.md, pgBouncer)");
        adviseUnless(
                state.setting("plan_cache_mode").equals("force_generic_plan")
                        && state.setting("jit").equals("off"),
                "statements are planned slower than need be: ALTER ROLE … SET plan_cache_mode = force_generic_plan, SET jit = off (docs/operations.md, pgBouncer)");
    }

    private void redis(RedisUrl url) {
        RedisState state;
        try {
            state = RedisState.of(url);
        } catch (RuntimeException e) {
            wrong("Redis at " + url + " does not answer (" + (e.getCause() == null ? e : e.getCause()).getMessage()
                    + "): start it, or correct REDIS_URL");
            return;
        }
        String major = state.version().replaceFirst("\\..*", "");
        require(
                major.matches("\\d+") && Integer.parseInt(major) >= OLDEST_REDIS,
                "Redis " + state.version() + " answers at " + url,
                "Redis " + state.version() + " is too old: " + OLDEST_REDIS + " or newer is needed");
        adviseUnless(!state.maxMemory().equals("0"), "Redis may grow without end: set maxmemory, to 256mb for example");
        require(
                state.policy().isEmpty() || state.policy().startsWith("allkeys-"),
                "Redis forgets what is least used",
                "Redis refuses to keep more when it is full: set maxmemory-policy to allkeys-lru, was "
                        + state.policy());
        clock("Redis", state.clockAhead());
    }

    private void clock(String whose, Duration ahead) {
        require(
                ahead.abs().compareTo(MOST_CLOCK_DIFFERENCE) <= 0,
                "the clock of " + whose + " is as ours",
                "the clock of " + whose + " differs from ours by " + ahead.toMillis()
                        + " ms: let both follow a time server");
    }
}
