package dealbrain.app;

import dealbrain.accounts.Accounts;
import dealbrain.accounts.Passwords;
import dealbrain.caching.Cache;
import dealbrain.changes.ChangeLog;
import dealbrain.collections.DealCollections;
import dealbrain.database.ConnectionBudget;
import dealbrain.database.Database;
import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.DatabaseUrl;
import dealbrain.database.EmbeddedPostgres;
import dealbrain.database.MigrationException;
import dealbrain.database.Migrations;
import dealbrain.http.Filter;
import dealbrain.http.Router;
import dealbrain.http.Server;
import dealbrain.listings.Catalog;
import dealbrain.listings.CatalogHandler;
import dealbrain.listings.ListingHandler;
import dealbrain.listings.ListingService;
import dealbrain.notifications.NotificationHandler;
import dealbrain.notifications.NotificationService;
import dealbrain.operations.OperationsHandler;
import dealbrain.operations.OperationsPage;
import dealbrain.operations.RequestObserver;
import dealbrain.profiling.Profiling;
import dealbrain.shares.Shares;
import dealbrain.shares.ViewCounter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The program: makes every object once, in the order in which it is needed. */
public final class Main {
    private static final int WARMED_AT_START = 100;

    private static volatile boolean failed;

    private Main() {}

    /** Without an argument the program; with {@code doctor} an examination, whose exit status is 1 when something is wrong. */
    public static void main(String[] arguments) {
        switch (String.join(" ", arguments)) {
            case "" -> run();
            case "doctor" -> {
                LogConfigurator.silence();
                System.exit(Doctor.examine(System.getenv(), System.out) ? 0 : 1);
            }
            default ->
                fail(
                        "dealbrain takes no argument but doctor; settings are environment variables (docs/configuration.md)");
        }
    }

    private static void run() {
        Application application = new Application();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(application), "shutdown"));
        try {
            Config config = Config.from(System.getenv());
            LogConfigurator.use(config.isProduction(), config.logLevel());
            start(config, application).tell(System.out);
        } catch (ConfigException e) {
            fail("dealbrain cannot start with this configuration (docs/configuration.md):\n" + e.getMessage());
        } catch (DatabaseUnavailableException | MigrationException | StartException e) {
            fail("dealbrain cannot start: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
        }
    }

    private static void fail(String reason) {
        Welcome.printError(reason);
        failed = true;
        System.exit(1);
    }

    /** Being told to stop, by Ctrl-C or SIGTERM, is no failure: without this the virtual machine would exit with 130 or 143. */
    private static void stop(Application application) {
        application.close();
        if (!failed) {
            Runtime.getRuntime().halt(0);
        }
    }

    /** Starts everything; what was started is in the care of {@code application}, also when a later part fails. */
    static Welcome start(Config config, Application application) {
        Server.warmUp();
        Server server = server(config);
        String publicUrl = config.urlOn(server.port());
        DatabaseUrl url = config.databaseUrl()
                .orElseGet(() -> application
                        .add(new EmbeddedPostgres(config.dataDir(), true))
                        .start());
        Migrations migrations = Migrations.bundled();
        migrations.migrate(url);
        Profiling profiling = application.add(Profiling.start(
                config.observability().profiler(), config.observability().telemetry()));
        PoolMetrics poolMetrics = new PoolMetrics(profiling.telemetry());
        Database database = application.add(Database.open(url, config.poolSize(), poolMetrics));
        Jdbi jdbi = database.jdbi();
        poolMetrics.observe(database);
        profiling.statements().install(jdbi);

        ChangeLog changes = application.add(ChangeLog.open(jdbi, config.cacheLease()));
        Cache cache = application.add(new Cache(
                changes,
                config.redisUrl().orElse(null),
                config.redisNamespace(),
                config.cacheBytes(),
                InstantSource.system()));
        changes.hintBy(() -> cache.publish("changes", ""));
        cache.subscribe("changes", _ -> changes.hurry());

        Accounts accounts = Accounts.of(
                jdbi,
                new Passwords(config.environment() == Environment.TEST ? 1000 : Passwords.ITERATIONS),
                config.signupOpen());
        Catalog catalog = Catalog.of(jdbi);
        ListingService listings = new ListingService(jdbi);
        DealCollections collections = DealCollections.of(jdbi, cache);
        NotificationService notifications = new NotificationService(jdbi);
        Shares shares = Shares.of(
                jdbi,
                listings,
                collections,
                notifications,
                cache,
                profiling.telemetry().api().getTracer("dealbrain.shares"),
                publicUrl);
        ViewCounter views = application.add(shares.views());
        HealthHandler health = new HealthHandler(database, migrations, cache);
        CacheMetrics.observe(profiling.telemetry(), cache, views);
        OperationsPage page = new OperationsPage(
                profiling,
                List.of(new CacheSection(cache, views), new DatabaseSection(database)),
                InstantSource.system());

        Router router = new Router();
        health.routes(router);
        accounts.routes(router);
        new CatalogHandler(catalog).routes(router);
        new ListingHandler(listings, accounts.authentication()).routes(router);
        collections.routes(router, accounts.authentication(), views::countCollection);
        new NotificationHandler(notifications, accounts.authentication()).routes(router);
        shares.routes(router, accounts.authentication());
        new CacheHandler(cache, shares).routes(router);
        new OperationsHandler(profiling, page, config.observability().metricsFrom()).routes(router);

        Background background = application.add(new Background(profiling));
        background.every(Duration.ofSeconds(1), "view counts", views::flush);
        background.every(Duration.ofHours(1), "sweep", new Sweep(shares, notifications, accounts.tokens(), changes));

        List<Filter> filters = new ArrayList<>();
        filters.add((request, next) -> ConnectionBudget.call(() -> next.handle(request)));
        if (!config.isProduction()) {
            filters.add(new StatementHeaders());
        }
        filters.add(new Acknowledgement(changes));
        filters.add(accounts.authentication());
        application.add(server);
        application.add(health::drain);

        Welcome welcome = new Welcome(config, server.port(), Admin.prepare(accounts.users(), config));
        if (config.demo()) {
            welcome = welcome.with(new Demo(jdbi, accounts, catalog, listings, collections));
        }
        server.start(
                router,
                config.corsOrigins(),
                filters,
                DatabaseProblems::meaning,
                new RequestObserver(profiling, config.observability().accessLog()));
        Warmth.begin(shares, WARMED_AT_START);
        return welcome;
    }

    private static Server server(Config config) {
        try {
            return new Server(config.host(), config.port(), config.trustedProxies());
        } catch (IOException e) {
            throw new StartException("port " + config.port() + " of " + config.host() + " cannot be had ("
                    + e.getMessage() + "); stop the program that listens there, or set PORT");
        }
    }
}
