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
 * Reads a collection the naive way, with N+1 queries: one statement for its items, and one for each listing and each
 * relation of each listing, with rows mapped by name. An object-relational mapper with lazy loading does the same.
 * There is no HTTP server, whose share would be small.
 */
final class NaiveCollection implements Workload {
    /** The tables of the relations by the columns that refer to them. */
    private static final Map<String, String> RELATIONS = Map.ofEntries(
            Map.entry("cpu_id", "cpu"),
            Map.entry("gpu_id", "gpu"),
            Map.entry("ports_profile_id", "ports_profile"),
            Map.entry("active_profile_id", "scoring_profile"),
            Map.entry("ruleset_id", "ruleset"),
            Map.entry("ram_spec_id", "ram_spec"),
            Map.entry("primary_storage_profile_id", "storage_profile"),
            Map.entry("secondary_storage_profile_id", "storage_profile"));

    private final Jdbi jdbi;
    private final long id;
    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
    private int statements;

    NaiveCollection(Jdbi jdbi, long id) {
        this.jdbi = jdbi;
        this.id = id;
    }

    @Override
    public Latencies run(Duration duration) {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + duration.toNanos();
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            statements = 0;
            jdbi.useHandle(this::body);
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    /** Returns how many statements the last read executed. */
    int statements() {
        return statements;
    }

    private byte[] body(Handle handle) {
        Map<String, @Nullable Object> collection = find(handle, "collection", id);
        statements++;
        List<Map<String, Object>> items = handle.createQuery(
                        "SELECT * FROM collection_item WHERE collection_id = :id ORDER BY position")
                .bind("id", id)
                .mapToMap()
                .list();
        for (Map<String, Object> item : items) {
            Map<String, @Nullable Object> listing = find(handle, "listing", item.get("listing_id"));
            RELATIONS.forEach((column, table) -> listing.put(column, find(handle, table, listing.get(column))));
            item.put("listing", listing);
        }
        collection.put("items", items);
        try {
            return json.writeValueAsBytes(collection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, @Nullable Object> find(Handle handle, String table, @Nullable Object id) {
        statements++;
        Map<String, @Nullable Object> row =
                new HashMap<>(handle.createQuery("SELECT * FROM " + table + " WHERE id = :id")
                        .bind("id", id)
                        .mapToMap()
                        .one());
        row.values().removeIf(java.sql.Array.class::isInstance); // not a part of the response
        row.replaceAll((_, value) -> value instanceof org.postgresql.util.PGobject object ? object.getValue() : value);
        return row;
    }
}
