package dealbrain.operations;

import dealbrain.caching.Cache;
import dealbrain.database.Database;
import dealbrain.database.Migrations;
import dealbrain.http.Access;
import dealbrain.http.Response;
import dealbrain.http.Router;
import java.util.Map;

/** The endpoints under {@code /health}, for load balancers and process supervisors. */
final class HealthHandler {
    record Liveness(String status) {}

    /**
     * The readiness of this instance. Each component is {@code ok}, {@code degraded}, {@code down}, or {@code off} if
     * it is not configured.
     */
    record Health(String status, String database, String cache, String migrations) {}

    private final Database database;
    private final Migrations migrations;
    private final Cache cache;
    private volatile boolean draining;

    HealthHandler(Database database, Migrations migrations, Cache cache) {
        this.database = database;
        this.migrations = migrations;
        this.cache = cache;
    }

    void routes(Router router) {
        router.get("/health/live", _ -> Response.ok(new Liveness("ok")))
                .access(Access.PUBLIC)
                .summary("Whether the process is alive")
                .returns(Liveness.class);
        router.get("/health/ready", _ -> ready())
                .access(Access.PUBLIC)
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
        Health health =
                new Health(status(migrated), reachable ? "ok" : "down", cacheStatus(), migrated ? "ok" : "down");
        return new Response(
                migrated && !draining ? 200 : 503,
                Map.of("Cache-Control", "no-store"),
                new Response.Body.Entity(health, Response.JSON));
    }

    private String status(boolean migrated) {
        if (draining) {
            return "draining";
        }
        if (!migrated) {
            return "down";
        }
        return cache.isDegraded() ? "degraded" : "ok";
    }

    private String cacheStatus() {
        if (cache.isDegraded()) {
            return "degraded";
        }
        return cache.hasRedis() ? "ok" : "off";
    }
}
