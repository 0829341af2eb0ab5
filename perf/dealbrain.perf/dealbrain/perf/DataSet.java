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

/** What is measured on: {@code data.sql} beside this class, and the names by which the measurements know its rows. */
final class DataSet {
    static final String TOKEN = "dbt_perf_perf_perf_perf_perf_perf_perf_perf_123";
    /** Shares that people look at. */
    static final int SHARES = 50;
    /** With those that are there only to be missed by the cache, each once. */
    static final int ALL_SHARES = 300_000;

    /** A collection of the data set. */
    record Sized(long id, int size) {
        String path() {
            return "/api/v1/collections/" + id;
        }
    }

    static final Sized OF_150 = new Sized(3, 150);
    static final Sized OF_10_000 = new Sized(6, 10_000);
    static final List<Sized> ALL =
            List.of(new Sized(1, 10), new Sized(2, 50), OF_150, new Sized(4, 400), new Sized(5, 1000), OF_10_000);

    private DataSet() {}

    /** Migrates an empty database and fills it. */
    static void load(DatabaseUrl url) throws SQLException, IOException {
        Migrations.bundled().migrate(url);
        try (Connection connection = Databases.connect(url);
                Statement statement = connection.createStatement();
                InputStream sql = Objects.requireNonNull(DataSet.class.getResourceAsStream("data.sql"))) {
            statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
            statement.execute("VACUUM (ANALYZE)");
            statement.execute("CHECKPOINT");
        }
    }

    /** The token of the share with this number, from 1. */
    static String shareToken(int number) {
        String text = Integer.toString(number);
        return "share_".repeat(11).substring(0, 64 - text.length()) + text;
    }

    /** Where anybody reads the share with this number. */
    static String sharePath(int number) {
        return "/api/v1/deals/" + (1 + (number - 1) % 20_000) + "/" + shareToken(number);
    }

    /** A new listing with every relation, as JSON. */
    static String listing(int number) {
        return """
                {"title": "ThinkCentre M75q number %1$d", "listing_url": "https://deals.example.org/new/%1$d", "seller": "seller-1", "price_usd": 389.00,
                 "condition": "refurb", "marketplace": "example", "vendor_item_id": "new-%1$d", "device_model": "ThinkCentre M75q", "manufacturer": "Lenovo",
                 "form_factor": "Mini", "ram_gb": 32, "primary_storage_gb": 512, "notes": "Tested and wiped", "attributes": {"wifi": true},
                 "cpu_id": 1, "gpu_id": 2, "ports_profile_id": 3, "active_profile_id": 1, "ruleset_id": 2, "ram_spec_id": 4,
                 "primary_storage_profile_id": 5, "secondary_storage_profile_id": 6}""".formatted(number);
    }
}
