package dealbrain.perf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * How a collection must not be read: a statement for its items, and one for each listing and each relation of each listing, rows
 * by name. It is what is left of an object-relational mapper that loads when it is asked. Without HTTP, which it could not make slower.
 */
final class NaiveCollection {
    private static final Map<String, String> RELATIONS = Map.of(
            "cpu_id",
            "cpu",
            "gpu_id",
            "gpu",
            "ports_profile_id",
            "ports_profile",
            "active_profile_id",
            "scoring_profile",
            "ruleset_id",
            "ruleset",
            "ram_spec_id",
            "ram_spec",
            "primary_storage_profile_id",
            "storage_profile",
            "secondary_storage_profile_id",
            "storage_profile");

    private final Jdbi jdbi;
    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
    private int statements;

    NaiveCollection(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Side of(long id) {
        return duration -> run(id, duration);
    }

    private Latencies run(long id, Duration duration) {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + duration.toNanos();
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            statements = 0;
            jdbi.useHandle(handle -> body(handle, id));
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    /** How many statements the last one took. */
    int statements() {
        return statements;
    }

    private byte[] body(Handle handle, long id) {
        Map<String, @Nullable Object> collection = one(handle, "collection", id);
        statements++;
        List<Map<String, Object>> items = handle.createQuery(
                        "SELECT * FROM collection_item WHERE collection_id = :id ORDER BY position")
                .bind("id", id)
                .mapToMap()
                .list();
        for (Map<String, Object> item : items) {
            Map<String, @Nullable Object> listing = one(handle, "listing", item.get("listing_id"));
            RELATIONS.forEach((column, table) -> listing.put(column, one(handle, table, listing.get(column))));
            item.put("listing", listing);
        }
        collection.put("items", items);
        try {
            return json.writeValueAsBytes(collection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, @Nullable Object> one(Handle handle, String table, @Nullable Object id) {
        statements++;
        Map<String, @Nullable Object> row =
                new HashMap<>(handle.createQuery("SELECT * FROM " + table + " WHERE id = :id")
                        .bind("id", id)
                        .mapToMap()
                        .one());
        row.replaceAll((_, value) -> value instanceof org.postgresql.util.PGobject object ? object.getValue() : value);
        return row;
    }
}
