package dealbrain.app;

import dealbrain.accounts.Accounts;
import dealbrain.accounts.Authentication;
import dealbrain.app.Welcome.DemoAccess;
import dealbrain.caching.Cache;
import dealbrain.catalog.Catalog;
import dealbrain.collections.DealCollections;
import dealbrain.database.ConnectionBudget;
import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.MigrationException;
import dealbrain.http.ApiDescription;
import dealbrain.http.Filter;
import dealbrain.http.Router;
import dealbrain.http.Server;
import dealbrain.http.ServerOptions;
import dealbrain.inbox.Inbox;
import dealbrain.listings.Listings;
import dealbrain.notifications.Notifications;
import dealbrain.operations.Operations;
import dealbrain.operations.Version;
import dealbrain.postgres.PostgresStartException;
import dealbrain.shares.Shares;
import dealbrain.transfer.Transfer;
import dealbrain.views.Views;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The composition root: creates all objects once, in the order of their dependencies, and starts the server. */
public final class Main {
    private static final ApiDescription API = ApiDescription.of("dealbrain", Version.CURRENT.version())
            .withDescription("Listings of PC deals, collections of listings, and sharing of both.")
            .withTokenHelp(
                    "POST /api/v1/tokens returns a token, which starts with dbt_, for a username and a password.")
            .withTags("/api/v1/", "operations");
    private static final int WARM_UP_PAGES = 100;
    private static final String VIEWS_TOPIC = "views";

    private static volatile boolean failed;

    private Main() {}

    /** Starts the server. With the argument {@code doctor}, checks the installation; exits with 1 on a problem. */
    public static void main(String[] arguments) {
        switch (String.join(" ", arguments)) {
            case "" -> run();
            case "doctor" -> {
                LogConfigurator.silence();
                System.exit(Doctor.examine(System.getenv(), System.out) ? 0 : 1);
            }
            default ->
                fail("unknown argument: the only argument is doctor; dealbrain is configured by environment variables"
                        + " (docs/configuration.md)");
        }
    }

    private static void run() {
        Application application = new Application();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(application), "shutdown"));
        try {
            Config config = Config.from(System.getenv());
            LogConfigurator.apply(config.isProduction(), config.observability().logLevel());
            start(config, application).print(System.out);
        } catch (ConfigException e) {
            fail("dealbrain cannot start: the configuration is invalid (docs/configuration.md):\n" + e.getMessage());
        } catch (DatabaseUnavailableException | MigrationException | PostgresStartException | StartException e) {
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

    /** Exits with 0 after Ctrl-C or SIGTERM, for which the Java virtual machine would return 130 or 143. */
    private static void stop(Application application) {
        application.close();
        if (!failed) {
            Runtime.getRuntime().halt(0);
        }
    }

    /** Starts everything; {@code application} closes what was started, also if a later part fails. */
    static Welcome start(Config config, Application application) {
        Server.warmUp();
        Server server = listen(config.http());
        Infrastructure infrastructure = Infrastructure.open(config, application);
        Jdbi jdbi = infrastructure.jdbi();
        Cache cache = infrastructure.cache();
        Tracer tracer = infrastructure.tracer("dealbrain.shares");
        String publicUrl = config.http().publicUrl(server.port());

        Accounts accounts = new Accounts(
                jdbi, config.accounts().hashIterations(), config.accounts().signupOpen());
        Authentication authentication = accounts.authentication();
        Catalog catalog = new Catalog(jdbi);
        Listings listings = new Listings(jdbi, authentication);
        Views views = application.add(views(jdbi, cache));
        DealCollections collections = new DealCollections(jdbi, authentication, cache, views);
        Transfer transfer = new Transfer(jdbi, authentication, catalog, listings, collections);
        Notifications notifications = new Notifications(jdbi, authentication);
        Shares shares =
                new Shares(jdbi, authentication, listings, collections, notifications, views, cache, tracer, publicUrl);
        Inbox inbox = new Inbox(jdbi, authentication, collections, notifications);
        BackgroundJobs jobs = application.add(new BackgroundJobs(infrastructure.profiling()));
        Operations operations = operations(config, infrastructure, views, shares, jobs);

        Router router = new Router();
        accounts.routes(router);
        catalog.routes(router);
        listings.routes(router);
        collections.routes(router);
        transfer.routes(router);
        notifications.routes(router);
        shares.routes(router);
        inbox.routes(router);
        operations.routes(router);

        jobs.schedule("view counts", Duration.ofSeconds(1), views::flush);
        Sweep sweep = new Sweep(shares, inbox, notifications, accounts, infrastructure.changes());
        // Soon after the start: an instance that is restarted every hour would never delete anything.
        jobs.schedule("sweep", Duration.ofMinutes(1), Duration.ofHours(1), sweep);

        Optional<String> adminPassword = Admin.prepare(accounts, config.accounts());
        Optional<DemoAccess> demo = demo(config, new Demo(jdbi, accounts, catalog, listings, collections));
        application.add(server);
        application.add(operations::drain);
        serve(server, router, filters(config, operations, infrastructure, authentication), operations, config);
        operations.warmUpCache(WARM_UP_PAGES);
        return new Welcome(config, server.port(), adminPassword, demo);
    }

    /** Binds the port first, since it fails at once if another process uses it. */
    private static Server listen(HttpConfig config) {
        try {
            return new Server(config.host(), config.port(), config.trustedProxies());
        } catch (IOException e) {
            throw new StartException("cannot listen on port " + config.port() + " of " + config.host() + " ("
                    + e.getMessage() + "); stop the process that uses the port, or set PORT");
        }
    }

    private static Views views(Jdbi jdbi, Cache cache) {
        Views views = new Views(jdbi, text -> cache.publish(VIEWS_TOPIC, text));
        cache.subscribe(VIEWS_TOPIC, views::receive);
        return views;
    }

    private static Operations operations(
            Config config, Infrastructure infrastructure, Views views, Shares shares, BackgroundJobs jobs) {
        return new Operations(
                infrastructure.profiling(),
                infrastructure.database(),
                infrastructure.migrations(),
                infrastructure.cache(),
                views,
                infrastructure.changes()::status,
                () -> Stream.concat(infrastructure.workers().stream(), jobs.states().stream())
                        .toList(),
                shares::warm,
                config.observability().metricsFrom());
    }

    /** Loads the demo data if they are configured. */
    private static Optional<DemoAccess> demo(Config config, Demo demo) {
        if (!config.demo()) {
            return Optional.empty();
        }
        demo.load();
        return Optional.of(new DemoAccess(demo.token(config.dataDir()), demo.collectionId()));
    }

    private static List<Filter> filters(
            Config config, Operations operations, Infrastructure infrastructure, Authentication authentication) {
        List<Filter> filters = new ArrayList<>();
        filters.add((request, next) -> ConnectionBudget.call(() -> next.handle(request)));
        if (!config.isProduction()) {
            filters.add(operations.statementHeaders());
        }
        filters.add(new Acknowledgement(infrastructure.changes()));
        filters.add(authentication);
        return filters;
    }

    private static void serve(
            Server server, Router router, List<Filter> filters, Operations operations, Config config) {
        server.start(
                router,
                ServerOptions.of(API)
                        .withCorsOrigins(config.http().corsOrigins())
                        .withFilters(filters)
                        .withExceptionMapper(DatabaseProblems::toProblem)
                        .withObserver(operations.requestObserver(
                                config.observability().accessLog())));
    }
}
