package dealbrain.operations;

import dealbrain.background.WorkerState;
import dealbrain.caching.CacheStats;
import dealbrain.changes.ChangeStatus;
import dealbrain.operations.HealthCheck.Status;
import dealbrain.standby.StandbyStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Checks of the parts without which an instance still serves requests: Redis, the change log, the standby, the
 * background threads. The details name no values of the database, because {@code /health/ready} needs no token. No
 * statement.
 */
final class DegradationChecks {
    /** Longer than a back-up of a small database takes. */
    private static final Duration LONG_TRANSACTION = Duration.ofMinutes(5);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Supplier<String> redis;
    private final Supplier<String> redisFailure;
    private final Supplier<ChangeStatus> changes;
    private final Supplier<Optional<StandbyStatus>> standby;
    private final Supplier<List<WorkerState>> workers;

    /**
     * @param redis        the state of the connection to Redis, as in {@link CacheStats#redis}
     * @param redisFailure why Redis is not used, without names and addresses
     * @param standby      the state of the standby; empty if none is configured
     */
    DegradationChecks(
            Supplier<String> redis,
            Supplier<String> redisFailure,
            Supplier<ChangeStatus> changes,
            Supplier<Optional<StandbyStatus>> standby,
            Supplier<List<WorkerState>> workers) {
        this.redis = redis;
        this.redisFailure = redisFailure;
        this.changes = changes;
        this.standby = standby;
        this.workers = workers;
    }

    HealthCheck redis() {
        return switch (redis.get()) {
            case "none" -> new HealthCheck("Redis", Status.OK, "not configured; the cache uses memory only");
            case "closed" -> new HealthCheck("Redis", Status.OK, "available");
            case "partial" ->
                new HealthCheck("Redis", Status.WARN, "some nodes of the cluster are unavailable" + why());
            default -> new HealthCheck("Redis", Status.WARN, "unavailable" + why() + "; the cache uses memory only");
        };
    }

    private String why() {
        String reason = redisFailure.get();
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    /** Checks whether the cache is used. */
    HealthCheck changeLog() {
        ChangeStatus status = changes.get();
        if (status.left()) {
            return new HealthCheck(
                    "Change log", Status.WARN, "polls are too slow for a group of instances; the cache is not used");
        }
        return status.trusted()
                ? new HealthCheck("Change log", Status.OK, "up to date")
                : new HealthCheck("Change log", Status.WARN, "unavailable; the cache is not used");
    }

    boolean hasStandby() {
        return standby.get().isPresent();
    }

    /** Checks whether anonymous pages are loaded from the standby. */
    HealthCheck standby() {
        return standby.get()
                .map(DegradationChecks::standby)
                .orElseGet(() -> new HealthCheck("Standby", Status.OK, "not configured; the primary loads all pages"));
    }

    private static HealthCheck standby(StandbyStatus status) {
        return status.outage()
                .map(reason -> new HealthCheck(
                        "Standby", Status.WARN, "not used: " + reason + "; the primary loads all pages"))
                .orElseGet(() -> new HealthCheck("Standby", Status.OK, "used, " + lag(status.lag())));
    }

    private static String lag(Optional<Duration> lag) {
        return lag.filter(behind -> !behind.isZero())
                .map(behind -> Formats.millis((double) behind.toMillis()) + " behind")
                .orElse("up to date");
    }

    /** Checks for a transaction that keeps old row versions in all tables, in any database of the server. */
    HealthCheck transactions() {
        return changes.get()
                .oldestTransaction()
                .filter(age -> age.compareTo(LONG_TRANSACTION) > 0)
                .map(age -> new HealthCheck(
                        "Transactions",
                        Status.WARN,
                        "one has been open for " + Formats.uptime(age) + "; statements become slower until it ends"))
                .orElseGet(() -> new HealthCheck("Transactions", Status.OK, "none is open for long"));
    }

    HealthCheck backgroundThreads() {
        List<WorkerState> unhealthy =
                workers.get().stream().filter(worker -> !worker.isHealthy()).toList();
        if (unhealthy.isEmpty()) {
            return new HealthCheck("Background threads", Status.OK, "all work");
        }
        boolean dead = unhealthy.stream().anyMatch(worker -> !worker.isAlive());
        return new HealthCheck(
                "Background threads",
                dead ? Status.BAD : Status.WARN,
                unhealthy.stream().map(DegradationChecks::describe).collect(Collectors.joining(", ")));
    }

    /** Returns one phrase, such as {@code sweep fails since 12:00:01 UTC}. */
    private static String describe(WorkerState worker) {
        return worker.name()
                + (worker.isAlive()
                        ? worker.failingSince()
                                .map(since -> " fails since " + time(since))
                                .orElse(" works")
                        : " has ended: restart the server");
    }

    private static String time(Instant instant) {
        return TIME.format(instant) + " UTC";
    }

    /** Returns all checks, those that are ok included. */
    List<HealthCheck> all() {
        return List.of(redis(), changeLog(), standby(), transactions(), backgroundThreads());
    }

    /** Returns the state of each background thread. */
    List<WorkerState> workers() {
        return workers.get();
    }
}
