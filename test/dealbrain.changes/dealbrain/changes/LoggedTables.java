package dealbrain.changes;

import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The tables whose changes are logged, and the tags that statements log. */
final class LoggedTables {
    /** The kinds of the tags by table, without {@code collection_item}, which is logged as its collection. */
    static final Map<String, String> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("listing", "listing"),
            Map.entry("cpu", "cpu"),
            Map.entry("gpu", "gpu"),
            Map.entry("ram_spec", "ram_spec"),
            Map.entry("storage_profile", "storage_profile"),
            Map.entry("ports_profile", "ports_profile"),
            Map.entry("scoring_profile", "scoring_profile"),
            Map.entry("ruleset", "ruleset"),
            Map.entry("user_account", "user"),
            Map.entry("collection", "collection"),
            Map.entry("listing_share", "listing_share"),
            Map.entry("collection_share", "collection_share")));

    /** The columns that count views, in the tables that have them. */
    static final Set<String> COUNTERS = Set.of("view_count", "crawler_count");

    private LoggedTables() {}

    /** Runs statements in one transaction and returns the tags that it logged. */
    static Set<String> logged(TestDatabase database, String... statements) {
        return database.jdbi().inTransaction(handle -> {
            List.of(statements).forEach(handle::execute);
            return tags(handle);
        });
    }

    /** Returns the tags that the current transaction has logged. */
    static Set<String> tags(Handle handle) {
        return new TreeSet<>(handle.createQuery("SELECT tag FROM public.change_log WHERE xid = pg_current_xact_id()")
                .mapTo(String.class)
                .list());
    }

    static long number(TestDatabase database, String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    /** Inserts a row and returns its id; {@code row} is what follows INSERT INTO. */
    static long insert(TestDatabase database, String row) {
        return number(database, "INSERT INTO " + row + " RETURNING id");
    }
}
