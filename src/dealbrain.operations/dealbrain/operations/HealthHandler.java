package dealbrain.operations;

import dealbrain.caching.Cache;
import dealbrain.database.Database;
import dealbrain.database.Migrations;
import dealbrain.http.Access;
import dealbrain.http.Response;
import dealbrain.http.Router;
import java.util.List;
import java.util.Map;

/** The endpoints under {@code /health}, for load balancers and process supervisors. */
final class HealthHandler {
    record Liveness(String status) {}

    /**
     * The readiness of this instance. Each component is {@code ok}, {@code degraded}, {@code down}, or {@code off} if
     * it is not configured.
     *
     * @param standby    degraded if it is configured and not used
     * @param background the background threads
     * @param reasons    one sentence for each degraded component
     */
    record Health(
            String status,
            String database,
            String standby,
            String cache,
            String migrations,
            String background,
            List<String> reasons) {}

    private final Database database;
    private final Migrations migrations;
    private final Cache cache;
    private final DegradationChecks checks;
    private volatile boolean draining;

    HealthHandler(Database database, Migrations migrations, Cache cache, DegradationChecks checks) {
        this.database = database;
        this.migrations = migrations;
        this.cache = cache;
        this.checks = checks;
    }

    void routes(Router router) {
        router.get("/health/live", _ -> Response.ok(new Liveness("ok")))
                .access(Access.PUBLIC)
                .operation("getLiveness")
                .summary("Whether the process is alive")
                .returns(Liveness.class);
        router.get("/health/ready", _ -> ready())
                .access(Access.PUBLIC)
                .operation("getReadiness")
                .summary("Whether the server can serve requests")
                .returns(Health.class)
                .returns(503, "The database is unavailable, or the server is shutting down", Health.class);
    }

    /** Reports not ready from now on, so that load balancers send no new requests. */
    void drain() {
        draining = true;
    }

    private Response ready() {
        boolean reachable = database.isReachable();
        boolean migrated = reachable && migrations.isCurrent(database.jdbi());
        List<String> reasons = reasons();
        Health health = new Health(
                status(migrated, reasons),
                reachable ? "ok" : "down",
                standbyStatus(),
                cacheStatus(),
                migrated ? "ok" : "down",
                isOk(checks.backgroundThreads()) ? "ok" : "degraded",
                reasons);
        return new Response(
                migrated && !draining ? 200 : 503,
                Map.of("Cache-Control", "no-store"),
                new Response.Body.Entity(health, Response.JSON));
    }

    private List<String> reasons() {
        return checks.all().stream()
                .filter(check -> !isOk(check))
                .map(check -> check.name() + ": " + check.detail())
                .toList();
    }

    private static boolean isOk(HealthCheck check) {
        return check.status() == HealthCheck.Status.OK;
    }

    private String status(boolean migrated, List<String> reasons) {
        if (draining) {
            return "draining";
        }
        if (!migrated) {
            return "down";
        }
        return reasons.isEmpty() ? "ok" : "degraded";
    }

    private String standbyStatus() {
        if (!checks.hasStandby()) {
            return "off";
        }
        return isOk(checks.standby()) ? "ok" : "degraded";
    }

    private String cacheStatus() {
        if (!isOk(checks.redis()) || !isOk(checks.changeLog())) {
            return "degraded";
        }
        return cache.hasRedis() ? "ok" : "off";
    }
}
