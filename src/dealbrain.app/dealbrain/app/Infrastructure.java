package dealbrain.app;

import dealbrain.background.WorkerState;
import dealbrain.caching.Cache;
import dealbrain.changes.ChangeLog;
import dealbrain.database.Database;
import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import dealbrain.operations.Operations;
import dealbrain.postgres.EmbeddedPostgres;
import dealbrain.profiling.Profiling;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The services that the modules are built on. */
record Infrastructure(Profiling profiling, Migrations migrations, Database database, ChangeLog changes, Cache cache) {
    private static final String CHANGES_TOPIC = "changes";

    /** Opens everything; {@code application} closes what was opened, also if a later part fails. */
    static Infrastructure open(Config config, Application application) {
        DatabaseUrl url = config.database().url().orElseGet(() -> startEmbedded(config, application));
        Migrations migrations = Migrations.bundled();
        migrations.migrate(url);
        Profiling profiling = application.add(Profiling.start(
                config.observability().profiler(), config.observability().telemetry()));
        Database database = application.add(
                Database.open(url, config.database().poolSize(), Operations.poolListener(profiling.telemetry())));
        profiling.statements().install(database.jdbi());
        ChangeLog changes = application.add(ChangeLog.open(
                poller(url, config.cache(), profiling, application),
                database.jdbi(),
                config.cache().lease()));
        Cache cache = application.add(cache(changes, config.cache()));
        return new Infrastructure(profiling, migrations, database, changes, cache);
    }

    private static DatabaseUrl startEmbedded(Config config, Application application) {
        EmbeddedPostgres postgres = application.add(new EmbeddedPostgres(config.dataDir(), true));
        return DatabaseUrl.parse(postgres.start());
    }

    /** Opens a connection of its own for the poller, so that the cache does not fail when the pool is exhausted. */
    private static Jdbi poller(DatabaseUrl url, CacheConfig config, Profiling profiling, Application application) {
        Database single = application.add(Database.openSingle(url, "changes", config.lease()));
        profiling.statements().install(single.jdbi());
        return single.jdbi();
    }

    private static Cache cache(ChangeLog changes, CacheConfig config) {
        Cache cache = new Cache(
                changes,
                config.redisUrl().orElse(null),
                config.redisNamespace(),
                config.memoryBytes(),
                config.auditInterval());
        // A message makes other instances poll at once. Without it they see the change at their next regular poll.
        changes.setNotifier(() -> cache.publish(CHANGES_TOPIC, ""), () -> cache.hasRedis() && !cache.isDegraded());
        cache.subscribe(CHANGES_TOPIC, _ -> changes.pollNow());
        return cache;
    }

    Jdbi jdbi() {
        return database.jdbi();
    }

    /** Returns the state of each background thread of these services. */
    List<WorkerState> workers() {
        return Stream.concat(profiling.workers().stream(), cache.workers().stream())
                .toList();
    }

    /** Returns the tracer of a module. */
    Tracer tracer(String module) {
        return profiling.telemetry().api().getTracer(module);
    }
}
