package dealbrain.listings;

import static dealbrain.testing.Problems.problem;
import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dealbrain.catalog.PartKind;
import dealbrain.catalog.Ruleset;
import dealbrain.catalog.ScoringProfile;
import dealbrain.http.IfMatch;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import dealbrain.valuation.ValuationLine;
import dealbrain.valuation.ValueSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The stored verdicts, which lists are sorted by, and those that a listing shows. */
class ListingVerdictTest extends ListingFixture {
    private static final String DIFFERENT = """
            SELECT count(*) FROM listing l CROSS JOIN LATERAL verdict_of(l) v
              LEFT JOIN listing_verdict stored ON stored.id = l.id
             WHERE stored.id IS NULL OR stored *<> v
            """;

    private static final String NO_DEFAULT = "UPDATE ruleset SET is_default = false WHERE is_default;"
            + " UPDATE scoring_profile SET is_default = false WHERE is_default";

    private static void assertStored() {
        assertEquals(0, count(DIFFERENT));
    }

    @AfterEach
    void withoutDefaults() {
        update(NO_DEFAULT);
        assertStored();
    }

    private static Ruleset ruleset(String members) {
        return fixtures.part(PartKind.RULESET, """
                {"name": "Rules %%1$d", "rules": [{"component": "ram", "metric": "per_gb", "unit_value_usd": 2.5}]%s}
                """.formatted(members));
    }

    private static ScoringProfile profile(String members) {
        return fixtures.part(PartKind.SCORING_PROFILE, """
                {"name": "Profile %%1$d", "weights": {"ram_gb": 1, "cpu_mark_multi": 1},
                 "references": {"ram_gb": 64, "cpu_mark_multi": 40000}%s}
                """.formatted(members));
    }

    private Listing create(String members) {
        return listings.create(ada, plain(members));
    }

    private static String price(Listing listing) {
        return Objects.requireNonNull(listing.adjustedPriceUsd()).toPlainString();
    }

    private static @Nullable String score(Listing listing) {
        return listing.scoreComposite() == null
                ? null
                : listing.scoreComposite().toPlainString();
    }

    private Listing update(Listing listing, String members) {
        return listings.update(ada, listing.id(), IfMatch.ANY, input -> with(input, members));
    }

    @Nested
    class Stated {
        @Test
        void isKeptWithoutARulesetAndAProfile() {
            Listing listing = create("{\"price_usd\": 100, \"adjusted_price_usd\": 80, \"score_composite\": 12.5}");

            assertEquals("80.00", price(listing));
            assertEquals(ValueSource.STATED, listing.adjustedPriceSource());
            assertNull(listing.valuation());
            assertEquals("12.5", score(listing));
            assertEquals(ValueSource.STATED, listing.scoreSource());
            assertNull(listing.score());
            assertEquals(listing, listings.get(ada, listing.id()));
        }

        @Test
        void isKeptWithARulesetWithoutRulesAndAProfileWithoutReferences() {
            long ruleset = fixtures.part(PartKind.RULESET, "{\"name\": \"Empty %1$d\"}")
                    .id();
            long profile = fixtures.part(
                            PartKind.SCORING_PROFILE, "{\"name\": \"Free %1$d\", \"weights\": {\"cpu\": 1}}")
                    .id();

            Listing listing = create("""
                    {"price_usd": 100, "adjusted_price_usd": 80, "score_composite": 12.5, "ruleset_id": %d,
                     "active_profile_id": %d}
                    """.formatted(ruleset, profile));

            assertEquals("80.00", price(listing));
            assertEquals("12.5", score(listing));
            assertNull(listing.valuation());
            assertNull(listing.score());
        }

        @Test
        void isShownAgainWithoutTheRuleset() {
            Listing listing = create("{\"price_usd\": 100, \"ram_gb\": 10, \"adjusted_price_usd\": 80}");
            Ruleset ruleset = ruleset("");
            assertEquals("85.00", price(update(listing, "{\"ruleset_id\": " + ruleset.id() + "}")));
            assertEquals("80.00", price(update(listing, "{\"ruleset_id\": null}")));
        }

        @Test
        void isRefusedIfItIsComputed() {
            String members = """
                    {"price_usd": 100, "ram_gb": 32, "ruleset_id": %d, "active_profile_id": %d, "cpu_id": %d,
                     "adjusted_price_usd": 80, "score_composite": 12.5, "perf_per_watt": 3}
                    """.formatted(
                            ruleset("").id(), profile("").id(), fixtures.cpu().id());
            List<String> pointers = List.of("/adjusted_price_usd", "/score_composite", "/perf_per_watt");
            int before = count("SELECT count(*) FROM listing");

            assertEquals(pointers, pointers(problem(422, () -> create(members))));
            assertEquals(
                    pointers.stream().map(each -> "/listings/1" + each).toList(),
                    pointers(problem(422, () -> listings.createAll(ada, List.of(plain("{}"), plain(members))))));
            assertEquals(before, count("SELECT count(*) FROM listing"));

            Listing listing = create("{}");
            assertEquals(pointers, pointers(problem(422, () -> update(listing, members))));
            assertEquals(listing, listings.get(ada, listing.id()));
        }

        @Test
        void isAcceptedIfItEqualsTheComputedValue() {
            Listing listing = create("{\"price_usd\": 100, \"ram_gb\": 32, \"ruleset_id\": "
                    + ruleset("").id() + "}");

            assertEquals("52.00", price(update(listing, "{\"adjusted_price_usd\": 52}")));
            assertEquals("37.00", price(update(listing, "{\"ram_gb\": 42}")));
        }
    }

    @Nested
    class Defaults {
        @Test
        void areUsedByListingsWithoutTheirOwn() {
            Listing before = create("{\"price_usd\": 100, \"ram_gb\": 32}");
            Listing own = create("{\"price_usd\": 100, \"ram_gb\": 32, \"ruleset_id\": "
                    + ruleset("").id() + "}");
            Ruleset ruleset = ruleset(", \"is_default\": true");
            ScoringProfile profile = profile(", \"is_default\": true");

            for (Listing listing :
                    List.of(listings.get(ada, before.id()), create("{\"price_usd\": 100, \"ram_gb\": 32}"))) {
                assertEquals("52.00", price(listing));
                assertEquals(ruleset.id(), listing.valuation().rulesetId());
                assertEquals(true, listing.valuation().isDefault());
                assertEquals("50.0", score(listing));
                assertEquals(profile.id(), listing.score().profileId());
                assertEquals(true, listing.score().isDefault());
            }
            assertEquals(false, listings.get(ada, own.id()).valuation().isDefault());
        }

        @Test
        void areNotUsedAfterTheirDeletion() {
            Ruleset ruleset = ruleset(", \"is_default\": true");
            ScoringProfile profile = profile(", \"is_default\": true");
            Listing listing = create("{\"price_usd\": 100, \"ram_gb\": 32}");

            update("DELETE FROM ruleset WHERE id = " + ruleset.id());
            update("DELETE FROM scoring_profile WHERE id = " + profile.id());

            Listing found = listings.get(ada, listing.id());
            assertNull(found.adjustedPriceUsd());
            assertNull(found.adjustedPriceSource());
            assertNull(found.scoreComposite());
        }

        @Test
        void refuseStatedValues() {
            ruleset(", \"is_default\": true");
            assertEquals(
                    List.of("/adjusted_price_usd"),
                    pointers(problem(422, () -> create("{\"price_usd\": 100, \"adjusted_price_usd\": 99}"))));
        }

        @Test
        void mustBeActive() {
            problem(422, () -> ruleset(", \"is_default\": true, \"is_active\": false"));
        }
    }

    @Nested
    class Changes {
        /** Each changes the verdict on a complete listing. */
        private final List<String> changes = List.of(
                "UPDATE cpu SET cpu_mark_multi = 100 WHERE id = (SELECT cpu_id FROM listing WHERE id = :id)",
                "UPDATE cpu SET tdp_w = 100 WHERE id = (SELECT cpu_id FROM listing WHERE id = :id)",
                "UPDATE gpu SET gpu_mark = 100 WHERE id = (SELECT gpu_id FROM listing WHERE id = :id)",
                "UPDATE ram_spec SET total_capacity_gb = 7 WHERE id = (SELECT ram_spec_id FROM listing WHERE id = :id)",
                "UPDATE storage_profile SET capacity_gb = 99"
                        + " WHERE id = (SELECT primary_storage_profile_id FROM listing WHERE id = :id)",
                "UPDATE storage_profile SET capacity_gb = 98"
                        + " WHERE id = (SELECT secondary_storage_profile_id FROM listing WHERE id = :id)",
                "UPDATE ports_profile SET ports = '[{\"type\": \"usb_a\", \"count\": 1}]'"
                        + " WHERE id = (SELECT ports_profile_id FROM listing WHERE id = :id)",
                "UPDATE ruleset SET rules = rules - 0 WHERE id = (SELECT ruleset_id FROM listing WHERE id = :id)",
                "UPDATE scoring_profile SET weights = weights || '{\"ports\": 9}'"
                        + " WHERE id = (SELECT active_profile_id FROM listing WHERE id = :id)",
                "UPDATE scoring_profile SET \"references\" = \"references\" - 'ports'"
                        + " WHERE id = (SELECT active_profile_id FROM listing WHERE id = :id)",
                "UPDATE listing SET price_usd = 300 WHERE id = :id",
                "UPDATE listing SET condition = 'new' WHERE id = :id",
                "UPDATE ruleset SET is_active = false WHERE id = (SELECT ruleset_id FROM listing WHERE id = :id)",
                "UPDATE listing SET adjusted_price_usd = 5 WHERE id = :id");

        @Test
        void changeTheVerdictAndLogTheListing() {
            long id = create("""
                    {"price_usd": 500, "cpu_id": %d, "gpu_id": %d, "ram_spec_id": %d, "primary_storage_profile_id": %d,
                     "secondary_storage_profile_id": %d, "ports_profile_id": %d, "ruleset_id": %d,
                     "active_profile_id": %d}
                    """.formatted(
                                    fixtures.cpu().id(),
                                    fixtures.gpu().id(),
                                    fixtures.part(PartKind.RAM_SPEC, "{\"total_capacity_gb\": 2%1$03d}")
                                            .id(),
                                    fixtures.part(
                                                    PartKind.STORAGE_PROFILE,
                                                    "{\"performance_tier\": \"a%1$d\", \"capacity_gb\": 5}")
                                            .id(),
                                    fixtures.part(
                                                    PartKind.STORAGE_PROFILE,
                                                    "{\"performance_tier\": \"a%1$d\", \"capacity_gb\": 6}")
                                            .id(),
                                    fixtures.part(
                                                    PartKind.PORTS_PROFILE,
                                                    "{\"name\": \"P %1$d\", \"ports\": [{\"type\": \"a\"}, {\"type\": \"b\"}]}")
                                            .id(),
                                    fixtures.part(PartKind.RULESET, """
                                    {"name": "All %1$d", "rules": [
                                     {"component": "ram", "metric": "flat", "unit_value_usd": 3},
                                     {"component": "ram", "metric": "per_gb", "unit_value_usd": 0.01},
                                     {"component": "primary_storage", "metric": "per_gb", "unit_value_usd": 1},
                                     {"component": "secondary_storage", "metric": "per_gb", "unit_value_usd": 1},
                                     {"component": "gpu", "metric": "per_1000_marks", "unit_value_usd": 1},
                                     {"component": "cpu", "metric": "per_1000_marks", "unit_value_usd": 1}]}
                                    """).id(),
                                    fixtures.part(PartKind.SCORING_PROFILE, """
                                    {"name": "All %1$d", "weights": {"ports": 1, "perf_per_watt": 1},
                                     "references": {"ports": 10, "perf_per_watt": 1000}}
                                    """).id()))
                    .id();
            for (String change : changes) {
                String statement = change.replace(":id", Long.toString(id));
                Listing before = listings.get(ada, id);
                String tags = database.jdbi().inTransaction(handle -> {
                    handle.execute(statement);
                    return handle.createQuery("SELECT string_agg(tag, ' ') FROM change_log"
                                    + " WHERE xid = pg_current_xact_id() AND tag = 'listing:" + id + "'")
                            .mapTo(String.class)
                            .one();
                });
                Listing after = listings.get(ada, id);
                assertEquals("listing:" + id, tags, statement);
                assertNotEquals(verdict(before), verdict(after), statement);
                assertStored();
            }
        }

        private List<Object> verdict(Listing listing) {
            List<Object> verdict = new ArrayList<>();
            Collections.addAll(
                    verdict,
                    listing.adjustedPriceUsd(),
                    listing.scoreComposite(),
                    listing.perfPerWatt(),
                    listing.valuation(),
                    listing.score());
            return verdict;
        }

        @Test
        void ofARuleWeightOrMarkAreOneStatementForAllListings() {
            Ruleset ruleset = ruleset("");
            ScoringProfile profile = profile("");
            long cpu = fixtures.cpu().id();
            listings.createAll(ada, Collections.nCopies(500, plain("""
                            {"price_usd": 100, "ram_gb": 16, "cpu_id": %d, "ruleset_id": %d, "active_profile_id": %d}
                            """.formatted(cpu, ruleset.id(), profile.id()))));
            for (String change : List.of(
                    "UPDATE ruleset SET rules = jsonb_set(rules, '{0,unit_value_usd}', '1') WHERE id = " + ruleset.id(),
                    "UPDATE scoring_profile SET weights = '{\"ram_gb\": 3}' WHERE id = " + profile.id(),
                    "UPDATE cpu SET tdp_w = 30 WHERE id = " + cpu)) {
                assertEquals(1, StatementCounter.count(() -> update(change)), change);
                assertStored();
            }
            assertEquals(
                    500,
                    count(
                            "SELECT count(*) FROM listing_verdict WHERE adjusted_price_usd = 90.40 AND score_composite = 25.0"
                                    + " AND ruleset_id = " + ruleset.id()));
        }

        @Test
        void byOtherProgramsAreComputedToo() {
            Ruleset ruleset = ruleset(", \"is_default\": true");
            update("INSERT INTO listing (owner_id, title, price_usd, ram_gb) VALUES (" + ada.id()
                    + ", 'by hand', 100, 32)");
            assertEquals(
                    1,
                    count("SELECT count(*) FROM listing_verdict v JOIN listing l USING (id) WHERE l.title = 'by hand'"
                            + " AND v.adjusted_price_usd = 52 AND v.ruleset_id = " + ruleset.id()));
        }

        @Test
        void thatHappenAtTheSameTimeLeaveNoOldVerdict() {
            Ruleset ruleset = ruleset("");
            Ruleset other = ruleset("");
            ScoringProfile profile = profile("");
            long cpu = fixtures.cpu().id();
            long ram = fixtures.part(PartKind.RAM_SPEC, "{\"total_capacity_gb\": 3%1$03d}")
                    .id();
            Listing moving = create("{\"price_usd\": 900, \"cpu_id\": " + cpu + "}");

            List<String> outcomes = Concurrently.run(7, thread -> {
                for (int i = 1; i <= 15; i++) {
                    int number = i;
                    switch (thread) {
                        case 0 ->
                            create("{\"price_usd\": " + i + ", \"cpu_id\": " + cpu + ", \"ram_spec_id\": " + ram + "}");
                        case 1 ->
                            update(
                                    moving,
                                    "{\"price_usd\": " + number + ", \"ram_spec_id\": "
                                            + (number % 2 == 0 ? ram : "null")
                                            + ", \"ruleset_id\": "
                                            + (number % 3 == 0 ? ruleset.id() : number % 3 == 1 ? other.id() : "null")
                                            + "}");
                        case 2 ->
                            update("UPDATE cpu SET cpu_mark_multi = " + i + ", tdp_w = " + i + " WHERE id = " + cpu);
                        case 3 -> update("UPDATE ram_spec SET total_capacity_gb = " + i + " WHERE id = " + ram);
                        case 4 ->
                            update("UPDATE ruleset SET rules = jsonb_set(rules, '{0,unit_value_usd}', '" + i
                                    + "') WHERE id = " + (i % 2 == 0 ? ruleset : other).id());
                        case 5 ->
                            update("UPDATE scoring_profile SET is_default = " + (i % 2 == 0) + " WHERE id = "
                                    + profile.id());
                        default ->
                            update("UPDATE ruleset SET is_default = " + (i % 2 == 0) + " WHERE id = " + other.id());
                    }
                }
            });

            assertEquals(Collections.nCopies(7, "ok"), outcomes);
            assertStored();
        }
    }

    @Test
    void namesTheCapacitiesOfDrivesInTheirUsualUnits() {
        long ruleset = fixtures.part(PartKind.RULESET, """
                        {"name": "Drives %1$d",
                         "rules": [{"component": "primary_storage", "metric": "per_gb", "unit_value_usd": 0.1},
                                   {"component": "secondary_storage", "metric": "per_gb", "unit_value_usd": 0.1}]}
                        """).id();

        Listing listing = create("{\"price_usd\": 500, \"primary_storage_gb\": 1024, \"secondary_storage_gb\": 2000,"
                + " \"ruleset_id\": " + ruleset + "}");

        assertEquals(
                List.of("1024 GB drive", "2 TB drive"),
                listing.valuation().lines().stream().map(ValuationLine::label).toList());
    }

    @Test
    void isDeletedWithTheListing() {
        Listing listing = create("{}");

        listings.delete(ada, listing.id(), IfMatch.ANY);

        assertEquals(0, count("SELECT count(*) FROM listing_verdict WHERE id = " + listing.id()));
    }

    @Test
    void isNotShownInListsAsAWhole() {
        Listing listing = create("{\"price_usd\": 100, \"ram_gb\": 32, \"ruleset_id\": "
                + ruleset("").id() + "}");

        Listing found = listings.findAll(ada, List.of(listing.id())).getFirst();

        assertNotNull(listing.valuation());
        assertNull(found.valuation());
        assertEquals("52.00", price(found));
        assertEquals(ValueSource.COMPUTED, found.adjustedPriceSource());
    }
}
