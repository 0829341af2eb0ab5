package dealbrain.app;

import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The application in this process, with a new database, an empty catalog and a free port. Must be ordered after the
 * database.
 */
final class RunningApplication implements BeforeAllCallback, AfterAllCallback {
    static final String ADMIN_PASSWORD = "administrator";
    /** Longer than a busy machine delays a poll, after which the cache would not be used. */
    private static final String LEASE_MILLIS = "20000";

    private final TestDatabase database;
    private final @Nullable TestRedis redis;
    private final Map<String, String> variables;
    private @Nullable Application application;
    private int port;

    RunningApplication(TestDatabase database, Map<String, String> variables) {
        this(database, null, variables);
    }

    /** Must be ordered after the Redis, too. */
    RunningApplication(TestDatabase database, @Nullable TestRedis redis, Map<String, String> variables) {
        this.database = database;
        this.redis = redis;
        this.variables = variables;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (application == null) { // called again for a nested class
            start();
        }
    }

    void start() throws IOException {
        Path data = Files.createTempDirectory("dealbrain-test");
        Map<String, String> all = new HashMap<>(Map.of(
                "PORT",
                "0",
                "DEALBRAIN_ENV",
                "test",
                "DEALBRAIN_DEMO",
                "off",
                "DEALBRAIN_CATALOG",
                "none",
                "DEALBRAIN_ADMIN_PASSWORD",
                ADMIN_PASSWORD,
                "DEALBRAIN_CACHE_LEASE_MS",
                LEASE_MILLIS,
                "DEALBRAIN_DATA_DIR",
                data.toString(),
                "DATABASE_URL",
                "jdbc:postgresql://" + database.url().address() + "?user="
                        + database.url().user() + "&password=" + database.url().password()));
        if (redis != null) {
            all.put("REDIS_URL", redis.url());
            all.put("DEALBRAIN_REDIS_NAMESPACE", redis.namespace());
        }
        all.putAll(variables);
        application = new Application();
        port = Main.start(Config.from(all), application).port();
        if (redis != null) { // which the start does not wait for
            Await.until(
                    "Redis was tried", () -> !api().get("/health/ready").text().contains("connecting"));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        boolean nested = context.getRequiredTestClass().isMemberClass();
        if (!nested && application != null) {
            application.close();
        }
    }

    int port() {
        return port;
    }

    /** Stops the application before the end of the test class. */
    void stop() {
        if (application != null) {
            application.close();
        }
    }

    Api api() {
        return Api.at(port);
    }

    Api admin() {
        return api().signIn("admin", ADMIN_PASSWORD, "write");
    }
}
