package dealbrain.operations;

import dealbrain.caching.Cache;
import dealbrain.database.Database;
import dealbrain.database.Migrations;
import dealbrain.http.Access;
import dealbrain.http.Response;
import dealbrain.http.Router;
import java.util.Map;

/** Tells those who watch the process whether it lives, and whether it can serve. */
public final class HealthHandler {
    /** That the process answers at all. */
    record Alive(String status) {}

    private final Database database;
    private final Migrations migrations;
    private final Cache cache;
    private volatile boolean draining;

    public HealthHandler(Database database, Migrations migrations, Cache cache) {
        this.database = database;
        this.migrations = migrations;
        this.cache = cache;
    }

    public void routes(Router router) {
        router.get("/health/live", _ -> Response.ok(new Alive("ok")))
                .access(Access.PUBLIC)
                .summary("Whether the process lives")
                .returns(Alive.class);
        router.get("/health/ready", _ -> ready())
                .access(Access.PUBLIC)
                .summary("Whether requests can be served")
                .returns(Health.class)
                .returns(503, "The database is away, or the server is stopping", Health.class);
    }

    /** From now on the server is not ready, so that no new requests are sent to it. */
    public void drain() {
        draining = true;
    }

    private Response ready() {
        boolean reachable = database.isReachable();
        boolean migrated = reachable && migrations.isCurrent(database.jdbi());
        boolean ready = migrated && !draining;
        String status = draining ? "draining" : !ready ? "down" : cache.isDegraded() ? "degraded" : "ok";
        Health health = new Health(status, reachable ? "ok" : "down", cache(), migrated ? "ok" : "down");
        return new Response(
                ready ? 200 : 503,
                Map.of("Cache-Control", "no-store"),
                new Response.Body.Entity(health, Response.JSON));
    }

    private String cache() {
        return cache.isDegraded() ? "degraded" : cache.hasRedis() ? "ok" : "off";
    }
}
