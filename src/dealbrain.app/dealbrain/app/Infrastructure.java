package dealbrain.app;

import dealbrain.background.WorkerState;
import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.changes.ChangeLog;
import dealbrain.database.Database;
import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import dealbrain.operations.Operations;
import dealbrain.postgres.EmbeddedPostgres;
import dealbrain.postgres.PostgresSupervisor;
import dealbrain.profiling.Profiling;
import dealbrain.standby.Standby;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * The services that the modules are built on.
 *
 * @param supervisor of the embedded PostgreSQL. To be closed first, so that it starts no server during a shutdown
 */
record Infrastructure(
        Profiling profiling,
        Migrations migrations,
        Database database,
        ChangeLog changes,
        Cache cache,
        Optional<Standby> standby,
        Optional<PostgresSupervisor> supervisor) {
    private static final String CHANGES_TOPIC = "changes";
    private static final Duration LOCKS_TIMEOUT = Duration.ofSeconds(2);

    /**
     * Opens everything; {@code application} closes what was opened, also if a later part fails.
     *
     * @param onGivingUp called if the embedded PostgreSQL ends again and again
     */
    static Infrastructure open(Config config, Application application, Consumer<String> onGivingUp) {
        Optional<EmbeddedPostgres> embedded = config.database().url().isPresent()
                ? Optional.empty()
                : Optional.of(application.add(new EmbeddedPostgres(config.dataDir(), true)));
        DatabaseUrl url = embedded.map(EmbeddedPostgres::start)
                .map(DatabaseUrl::parse)
                .or(config.database()::url)
                .orElseThrow();
        Migrations migrations = Migrations.bundled();
        migrations.migrate(url);
        Profiling profiling = application.add(Profiling.start(
                config.observability().profiler(), config.observability().telemetry()));
        Database database = application.add(
                Database.open(url, config.database().poolSize(), Operations.poolListener(profiling.telemetry())));
        profiling.statements().install(database.jdbi());
        profiling.statements().watchLocks(() -> Database.connect(url, "locks", LOCKS_TIMEOUT));
        ChangeLog changes = application.add(ChangeLog.open(
                poller(url, config.cache(), profiling, application),
                database.jdbi(),
                config.cache().lease()));
        Cache cache = application.add(cache(changes, config.cache()));
        Optional<Standby> standby = config.database()
                .readUrl()
                .map(read -> standby(read, config, database, changes, profiling, application));
        return new Infrastructure(
                profiling,
                migrations,
                database,
                changes,
                cache,
                standby,
                embedded.map(server -> PostgresSupervisor.start(server, onGivingUp)));
    }

    /** Opens a connection of its own for the poller, so that the cache does not fail when the pool is exhausted. */
    private static Jdbi poller(DatabaseUrl url, CacheConfig config, Profiling profiling, Application application) {
        Database single = application.add(Database.openSingle(url, "changes", config.lease()));
        profiling.statements().install(single.jdbi());
        return single.jdbi();
    }

    /** Opens the standby; the start does not need it. */
    private static Standby standby(
            DatabaseUrl url,
            Config config,
            Database primary,
            ChangeLog changes,
            Profiling profiling,
            Application application) {
        Database standby = application.add(Database.openReplaceable(
                url, "standby", Standby.TIMEOUT, config.database().poolSize()));
        profiling.statements().install(standby.jdbi());
        return application.add(Standby.start(
                standby.jdbi(), primary.jdbi(), () -> changes.view().generation()));
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

    /** Returns where pages are loaded from that need no authentication. */
    PageSource pages() {
        PageSource primary = PageSource.of(jdbi());
        return standby.map(server -> primary.withStandby(server, changes)).orElse(primary);
    }

    /** Returns the state of each background thread of these services. */
    List<WorkerState> workers() {
        return Stream.of(
                        profiling.workers().stream(),
                        cache.workers().stream(),
                        standby.stream().flatMap(each -> each.workers().stream()),
                        supervisor.stream().map(PostgresSupervisor::state))
                .flatMap(states -> states)
                .toList();
    }

    /** Returns the tracer of a module. */
    Tracer tracer(String module) {
        return profiling.telemetry().api().getTracer(module);
    }
}
