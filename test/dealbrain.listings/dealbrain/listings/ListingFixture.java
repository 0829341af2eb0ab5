package dealbrain.listings;

import static dealbrain.testing.Records.with;

import dealbrain.accounts.User;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two users and the inputs of listings, for tests of single listings. */
abstract class ListingFixture {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    static final String UNKNOWN_PARTS = """
            {"cpu_id": -1, "gpu_id": 9223372036854775807, "ports_profile_id": 0, "active_profile_id": -4,
             "ruleset_id": -5, "ram_spec_id": -6,
             "primary_storage_profile_id": -7, "secondary_storage_profile_id": -8}""";

    static Fixtures fixtures;
    static Listings listings;
    User ada;
    User bob;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new Fixtures(database.jdbi());
        listings = fixtures.listings;
    }

    @BeforeEach
    void users() {
        ada = fixtures.user("ada");
        bob = fixtures.user("bob");
    }

    /** Returns an input with a title and the given members, a JSON object. */
    static ListingInput plain(String members) {
        return with(fixtures.plainListing("PC", null), members);
    }

    /** Returns an input with a marketplace and this vendor item id. */
    static ListingInput item(String vendorItemId) {
        return plain("{\"marketplace\": \"market\", \"vendor_item_id\": " + Json.text(vendorItemId) + "}");
    }

    static void update(String statement) {
        database.jdbi().useHandle(handle -> handle.execute(statement));
    }

    /** Returns the number that a query selects. */
    static int count(String query) {
        return database.jdbi()
                .<Integer, RuntimeException>withHandle(
                        handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }

    /**
     * Returns whether a transaction waits for a lock of this one. Not from pg_stat_activity, of which a transaction
     * sees one state to its end.
     */
    static boolean isAnyTransactionBlocked() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT FROM pg_locks"
                                + " WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))")
                        .mapTo(Boolean.class)
                        .one());
    }

    static List<String> pointers(ProblemException problem) {
        return problem.errors().stream().map(InputError::pointer).toList();
    }
}
