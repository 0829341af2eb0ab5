package dealbrain.perf;

import dealbrain.database.DatabaseUrl;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Instances of a program that share a database of their own. */
final class InstanceGroup implements AutoCloseable {
    /** The most writers: each of them changes a listing of its own. */
    private static final int MAX_WRITERS = 32;

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private static final String ROWS = """
            INSERT INTO user_account (username, role, password_hash) VALUES ('perf', 'user', 'none');
            INSERT INTO access_token (user_id, scope, token_hash)
            SELECT id, 'write', sha256('%s') FROM user_account WHERE username = 'perf';
            INSERT INTO cpu (name) VALUES ('Intel Core i5-12500T');
            INSERT INTO listing (owner_id, title, price_usd, cpu_id)
            SELECT u.id, 'ThinkCentre M75q number ' || n, 400, c.id
              FROM user_account u, cpu c, generate_series(1, %s) n WHERE u.username = 'perf' ORDER BY n;
            """.formatted(DataSet.TOKEN, MAX_WRITERS);

    private final TestBed testBed;
    private final Program program;
    private final String name;
    private final Map<String, String> settings;
    private final DatabaseUrl database;
    private final List<ServerProcess> instances = new ArrayList<>();

    private InstanceGroup(TestBed testBed, Program program, String name, Map<String, String> settings)
            throws SQLException {
        this.testBed = testBed;
        this.program = program;
        this.name = name + "_" + program.alias();
        this.settings = settings;
        this.database = testBed.createDatabase("perf_" + this.name);
    }

    /**
     * Starts {@code size} instances.
     *
     * @param name     with which the databases, log files and namespaces of the group begin
     * @param settings more environment variables of all instances
     */
    static InstanceGroup start(TestBed testBed, Program program, String name, int size, Map<String, String> settings)
            throws Exception {
        InstanceGroup group = new InstanceGroup(testBed, program, name, settings);
        for (int i = 0; i < size; i++) {
            group.add(Map.of());
        }
        return group;
    }

    /**
     * Adds an instance to the group. The first one applies the migrations of its program, whose version may differ from
     * that of this build.
     */
    private ServerProcess add(Map<String, String> more) throws SQLException, IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("DATABASE_URL", TestBed.text(database));
        environment.put("DEALBRAIN_REDIS_NAMESPACE", name + ":");
        environment.putAll(more);
        ServerProcess instance =
                testBed.startApplication(name + "_" + (instances.size() + 1), program.command(), environment);
        instances.add(instance);
        awaitReady(instance);
        if (instances.size() == 1) {
            load();
        }
        return instance;
    }

    /** Waits until the instance has applied the migrations: it accepts connections before. */
    private static void awaitReady(ServerProcess instance) throws IOException {
        try (ApiClient client = new ApiClient(instance)) {
            long end = System.nanoTime() + START_TIMEOUT.toNanos();
            while (!isReady(client)) {
                if (System.nanoTime() > end) {
                    throw new IOException("instance " + instance.url() + " did not become ready");
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static boolean isReady(ApiClient client) {
        try {
            return client.send("GET", "/health/ready", "").status() == 200;
        } catch (IOException _) {
            return false; // a timeout, on a machine with much other load
        }
    }

    private void load() throws SQLException {
        try (Connection connection = JdbcConnections.open(database);
                Statement statement = connection.createStatement()) {
            statement.execute(ROWS);
            statement.execute("VACUUM (ANALYZE)");
        }
    }

    /** Starts a proxy to the database, for {@link #add(DelayingProxy)}. */
    DelayingProxy newProxy() throws IOException {
        URI address = URI.create("postgresql://" + database.address());
        return DelayingProxy.start(address.getHost(), address.getPort());
    }

    /** Adds an instance that reaches the database through {@code proxy}. */
    ServerProcess add(DelayingProxy proxy) throws SQLException, IOException {
        String url = "postgresql://%s:%s@127.0.0.1:%s/%s"
                .formatted(database.user(), database.password(), proxy.port(), database.name());
        return add(Map.of("DATABASE_URL", url));
    }

    ServerProcess instance(int number) {
        return instances.get(number);
    }

    /** Returns a client of the first instance that changes a listing again and again. The others only serve. */
    Workload oneWriter() {
        return new LoadGenerator(instances.subList(0, 1), 1, InstanceGroup::change);
    }

    /** Returns {@code count} clients that are spread over the instances. Each changes a listing of its own. */
    Workload writers(int count) {
        return new LoadGenerator(instances, count, InstanceGroup::change);
    }

    static RawRequest change(int writer, int number) {
        return RawRequest.authorizedPatch(
                "/api/v1/listings/" + (1 + writer % MAX_WRITERS), "{\"price_usd\": " + (100 + number % 900) + "}");
    }

    @Override
    public void close() {
        instances.reversed().forEach(ServerProcess::close);
    }
}
