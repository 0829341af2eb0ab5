package dealbrain.perf;

import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** The data set in {@code data.sql}, and the ids and tokens of its rows. */
final class DataSet {
    static final String TOKEN = "dbt_perf_perf_perf_perf_perf_perf_perf_perf_123";
    /** The secret of a session of the same user. */
    static final String SESSION = "dbs_perf_perf_perf_perf_perf_perf_perf_perf_123";
    /** The number of shares. All but the first 50 have no views, so that they are not cached at the start. */
    static final int SHARES = 300_000;

    /** A collection with the number of its items. */
    record SizedCollection(long id, int size) {
        String path() {
            return "/api/v1/collections/" + id;
        }
    }

    static final SizedCollection OF_150 = new SizedCollection(3, 150);
    static final SizedCollection OF_1000 = new SizedCollection(5, 1000);
    static final SizedCollection OF_10_000 = new SizedCollection(6, 10_000);
    static final List<SizedCollection> COLLECTIONS = List.of(
            new SizedCollection(1, 10),
            new SizedCollection(2, 50),
            OF_150,
            new SizedCollection(4, 400),
            OF_1000,
            OF_10_000);

    private DataSet() {}

    /** Applies all migrations to an empty database and loads the data set. */
    static void load(DatabaseUrl url) throws SQLException, IOException {
        load(url, "data.sql", "");
    }

    /**
     * Applies all migrations to an empty database and runs a script of this module.
     *
     * @param settings statements to run first; may be empty
     */
    static void load(DatabaseUrl url, String script, String settings) throws SQLException, IOException {
        Migrations.bundled().migrate(url);
        try (Connection connection = JdbcConnections.open(url);
                Statement statement = connection.createStatement();
                InputStream sql = Objects.requireNonNull(DataSet.class.getResourceAsStream(script))) {
            statement.execute(settings + new String(sql.readAllBytes(), StandardCharsets.UTF_8));
            statement.execute("VACUUM (ANALYZE)");
            statement.execute("CHECKPOINT");
        }
    }

    /** Returns the token of a share. Shares are numbered from 1. */
    static String shareToken(int number) {
        String text = Integer.toString(number);
        return "share_".repeat(11).substring(0, 64 - text.length()) + text;
    }

    /** Returns the public path of a share. */
    static String sharePath(int number) {
        return "/api/v1/deals/" + (1 + (number - 1) % 20_000) + "/" + shareToken(number);
    }

    /** Returns a new listing with every relation, as JSON. */
    static String listing(int number) {
        return """
                {"title": "ThinkCentre M75q number %1$s", "listing_url": "https://deals.example.org/new/%1$s",
                 "seller": "seller-1", "price_usd": 389.00, "condition": "refurb", "marketplace": "example",
                 "vendor_item_id": "new-%1$s", "device_model": "ThinkCentre M75q", "manufacturer": "Lenovo",
                 "form_factor": "Mini", "ram_gb": 32, "primary_storage_gb": 512, "notes": "Tested and wiped",
                 "attributes": {"wifi": true}, "cpu_id": 1, "gpu_id": 2, "ports_profile_id": 3,
                 "active_profile_id": 1, "ruleset_id": 2, "ram_spec_id": 4, "primary_storage_profile_id": 5,
                 "secondary_storage_profile_id": 6}""".formatted(number);
    }
}
