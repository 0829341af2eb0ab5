package dealbrain.app;

import dealbrain.accounts.Accounts;
import dealbrain.accounts.Authentication;
import dealbrain.app.Config.FirstCatalog;
import dealbrain.app.Welcome.DemoAccess;
import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.catalog.Catalog;
import dealbrain.collections.DealCollections;
import dealbrain.database.ConnectionBudget;
import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.MigrationException;
import dealbrain.http.Filter;
import dealbrain.http.OpenFiles;
import dealbrain.http.PublicUrl;
import dealbrain.http.Router;
import dealbrain.http.Server;
import dealbrain.http.ServerOptions;
import dealbrain.inbox.Inbox;
import dealbrain.listings.Listings;
import dealbrain.notifications.Notifications;
import dealbrain.operations.Operations;
import dealbrain.postgres.PostgresStartException;
import dealbrain.profiling.TelemetryException;
import dealbrain.recognition.Recognition;
import dealbrain.shares.Shares;
import dealbrain.standby.Standby;
import dealbrain.transfer.Transfer;
import dealbrain.views.Views;
import dealbrain.web.Web;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: creates all objects once, in the order of their dependencies, and starts the server. */
public final class Main {
    static { // before the static fields below, and before any library is used
        // Libraries format numbers and change the case of names by the default locale: Jackson writes the enum constant
        // PRIVATE as "prıvate" in Turkish, and java.util.Formatter writes other digits in Arabic.
        Locale.setDefault(Locale.ROOT);
        // The driver sends the default time zone to PostgreSQL, which rejects connections with an unknown one.
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final Duration SIGNAL_DELAY = Duration.ofSeconds(1);
    private static final int WARM_UP_PAGES = 100;
    private static final String VIEWS_TOPIC = "views";

    private static volatile boolean failed;

    private Main() {}

    /** Starts the server, or with arguments runs a {@link Command}. */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.exit(Command.run(arguments));
        }
        run();
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
        } catch (PostgresStartException e) {
            // Ctrl-C also ends initdb, pg_ctl and tar, maybe before it reaches this process.
            application.awaitClose(SIGNAL_DELAY);
            failUnlessClosed(
                    application,
                    e.getMessage() + "\nDEALBRAIN_DATA_DIR is the data folder, DATABASE_URL the URL of a database"
                            + " (docs/configuration.md)");
        } catch (DatabaseUnavailableException | MigrationException | StartException | TelemetryException e) {
            failUnlessClosed(application, e.getMessage());
        } catch (RuntimeException | Error e) {
            if (application.isClosed()) {
                return; // stopped while it started: the parts that were closed make the rest of the start fail
            }
            failed = true;
            throw e;
        }
    }

    private static void failUnlessClosed(Application application, @Nullable String reason) {
        if (!application.isClosed()) {
            fail("dealbrain cannot start: " + reason);
        }
    }

    private static void fail(String reason) {
        Welcome.printError(reason);
        failed = true;
        System.exit(1);
    }

    /** Exits with 1, so that the service manager starts the server again. Returns at once. */
    private static void exit(String reason) {
        LOG.atError().addKeyValue("reason", reason).log("the embedded PostgreSQL does not stay up: exiting");
        failed = true;
        Thread.ofPlatform().name("exit").start(() -> System.exit(1));
    }

    /** Runs after Ctrl-C or SIGTERM, for which the Java virtual machine then returns 130 or 143. */
    private static void stop(Application application) {
        application.close();
        if (!failed) {
            LOG.info("dealbrain stopped");
        }
    }

    /** Starts everything; {@code application} closes what was started, also if a later part fails. */
    static Welcome start(Config config, Application application) {
        Server.warmUp();
        Server server = listen(config.http());
        Infrastructure infrastructure = Infrastructure.open(config, application, Main::exit);
        Jdbi jdbi = infrastructure.jdbi();
        Cache cache = infrastructure.cache();
        PageSource pages = infrastructure.pages();
        Tracer tracer = infrastructure.tracer("dealbrain.shares");
        PublicUrl publicUrl = config.http().publicUrl(server.port());

        Accounts accounts = new Accounts(
                jdbi, config.accounts().hashIterations(), config.accounts().signupOpen());
        Authentication authentication = accounts.authentication();
        Catalog catalog = new Catalog(jdbi, authentication);
        Listings listings = new Listings(jdbi, authentication, catalog);
        Views views = application.add(views(jdbi, cache));
        DealCollections collections = new DealCollections(jdbi, authentication, cache, pages, views);
        Transfer transfer = new Transfer(jdbi, authentication, catalog, listings, collections);
        Notifications notifications = new Notifications(jdbi, authentication);
        Shares shares = new Shares(
                jdbi, authentication, listings, collections, notifications, views, cache, pages, tracer, publicUrl);
        Inbox inbox = new Inbox(jdbi, authentication, collections, notifications);
        BackgroundJobs jobs = application.add(new BackgroundJobs(infrastructure.profiling()));
        Operations operations = operations(config, infrastructure, accounts, views, shares, jobs);

        Router router = new Router();
        accounts.routes(router);
        catalog.routes(router);
        listings.routes(router);
        new Recognition(catalog).routes(router);
        collections.routes(router);
        transfer.routes(router);
        notifications.routes(router);
        shares.routes(router);
        inbox.routes(router);
        operations.routes(router);
        new Web(accounts, config.accounts().signupOpen(), config.accounts().userHeader()).routes(router);

        WordsFill words = new WordsFill(listings, collections, catalog, accounts);
        jobs.schedule("words", Duration.ZERO, Duration.ofMinutes(1), words);
        jobs.schedule("view counts", Duration.ofSeconds(1), views::flush);
        jobs.schedule("token uses", Duration.ofSeconds(5), accounts::storeTokenUses);
        jobs.schedule("open files", Duration.ofSeconds(5), new OpenFilesCheck(OpenFiles::now));
        jobs.schedule("version statistics", Duration.ofMinutes(1), operations::storeStatistics);
        Sweep sweep = new Sweep(shares, inbox, notifications, accounts, collections, infrastructure.changes());
        // Soon after the start: an instance that is restarted every hour would never delete anything.
        jobs.schedule("sweep", Duration.ofMinutes(1), Duration.ofHours(1), sweep);

        Optional<String> adminPassword = Admin.prepare(accounts, config.accounts());
        boolean isUnused = config.catalog() == FirstCatalog.STARTER && catalog.isUnused(); // before the demo adds parts
        Optional<DemoAccess> demo = demo(config, new Demo(jdbi, accounts, catalog, listings, collections));
        if (isUnused) {
            addStarterCatalog(config, catalog, jobs);
        }
        application.add(server);
        application.add(operations::drain);
        infrastructure.supervisor().ifPresent(application::add);
        serve(server, router, filters(config, operations, infrastructure, authentication), operations, config);
        application.add(WarmUp.start(
                WarmUp.delay(config.environment()),
                () -> operations.warmUpCache(WARM_UP_PAGES),
                server::generateSchemas));
        return new Welcome(config, server.port(), adminPassword, demo);
    }

    /** Binds the port first, since it fails at once if another process uses it. */
    private static Server listen(HttpConfig config) {
        try {
            return new Server(config.host(), config.port(), config.trustedProxies());
        } catch (IOException e) {
            throw new StartException(
                    "cannot listen on port " + config.port() + " of " + config.host() + " (" + e.getMessage()
                            + "); HOST must be an address of this machine, and PORT a port that no other process uses");
        }
    }

    private static Views views(Jdbi jdbi, Cache cache) {
        Views views = new Views(jdbi, text -> cache.publish(VIEWS_TOPIC, text));
        cache.subscribe(VIEWS_TOPIC, views::receive);
        return views;
    }

    private static Operations operations(
            Config config,
            Infrastructure infrastructure,
            Accounts accounts,
            Views views,
            Shares shares,
            BackgroundJobs jobs) {
        return new Operations(
                infrastructure.profiling(),
                infrastructure.jdbi(),
                infrastructure.database(),
                infrastructure.migrations(),
                infrastructure.cache(),
                views,
                infrastructure.changes()::status,
                () -> infrastructure.standby().map(Standby::status),
                () -> Stream.concat(infrastructure.workers().stream(), jobs.states().stream())
                        .toList(),
                shares::warm,
                config.observability().metricsAccess(),
                accounts);
    }

    /** Adds the starter catalog in the background, after the demo, whose parts have marks. */
    private static void addStarterCatalog(Config config, Catalog catalog, BackgroundJobs jobs) {
        jobs.schedule(
                "starter catalog",
                WarmUp.delay(config.environment()),
                Duration.ofMinutes(1),
                new StarterCatalogJob(catalog));
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
        PublicUrl publicUrl = config.http().publicUrl(server.port());
        server.start(
                router,
                ServerOptions.of(ApiTexts.API.withServerUrl(publicUrl.base()))
                        .withPublicUrl(publicUrl)
                        .withCorsOrigins(config.http().corsOrigins())
                        .withFilters(filters)
                        .withExceptionMapper(DatabaseProblems::toProblem)
                        .withObserver(operations.requestObserver(
                                config.observability().accessLog())));
    }
}
