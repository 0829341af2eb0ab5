package dealbrain.listings;

import static dealbrain.testing.Problems.problem;
import static dealbrain.testing.Records.requireAsGiven;
import static dealbrain.testing.Records.requireComplete;
import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.catalog.CpuInput;
import dealbrain.catalog.FreeForm;
import dealbrain.catalog.PartKind;
import dealbrain.http.ProblemException;
import dealbrain.json.Json;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingsTest extends ListingFixture {
    @Nested
    class Create {
        @Test
        void returnsAllFieldsOfAllRelationsInOneStatement() {
            ListingInput input = fixtures.completeListing();
            List<Listing> created = new ArrayList<>();

            int statements = StatementCounter.count(() -> created.add(listings.create(ada, input)));

            assertEquals(1, statements);
            requireComplete(created.getFirst(), "listing");
            requireAsGiven(input, created.getFirst());
            assertEquals(ada.id(), created.getFirst().ownerId());
            assertEquals(
                    created.getFirst(), listings.get(ada, created.getFirst().id()));
        }

        @Test
        void needsATitleOnly() {
            Listing created = listings.create(ada, plain("{}"));

            requireAsGiven(plain("{}"), created);
            assertNull(created.condition());
            assertEquals(ListingStatus.ACTIVE, created.status());
            assertEquals("{}", created.attributes().text());
            assertNull(created.dollarPerCpuMarkMulti());
            assertNull(created.cpu());
        }

        @ParameterizedTest
        @CsvSource({
            "0, 0.00",
            "100, 100.00",
            "199.9, 199.90",
            "499.50, 499.50",
            "0.01, 0.01",
            "1000000, 1000000.00",
            "1e3, 1000.00"
        })
        void keepsTwoDecimalsOfMoney(BigDecimal price, String shown) {
            Listing created = listings.create(
                    ada, plain("{\"price_usd\": " + price + ", \"adjusted_price_usd\": " + price + "}"));

            String json = Json.text(created);
            assertTrue(json.contains("\"price_usd\":" + shown + ","), json);
            assertTrue(json.contains("\"adjusted_price_usd\":" + shown + ","), json);
        }

        @ParameterizedTest
        @CsvSource({
            "499.50, 30600, 3850, 0.016324, 0.129740",
            "0, 100, 10, 0.000000, 0.000000",
            "1, 3, , 0.333333, ",
            "2, , 3, , 0.666667",
            "1000000, 1, 1, 1000000.000000, 1000000.000000",
            ", 100, 10, , "
        })
        void computesDollarsPerMark(
                BigDecimal price, Integer multi, Integer single, BigDecimal perMulti, BigDecimal perSingle) {
            CpuInput cpu = new CpuInput(
                    "CPU " + UUID.randomUUID(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    multi,
                    single,
                    null,
                    null,
                    null,
                    fixtures.completeListing().attributes());
            long id = fixtures.catalog.create(PartKind.CPU, cpu).id();

            Listing created = listings.create(ada, plain("{\"price_usd\": " + price + ", \"cpu_id\": " + id + "}"));

            assertEquals(perMulti, created.dollarPerCpuMarkMulti());
            assertEquals(perSingle, created.dollarPerCpuMarkSingle());
        }

        @Test
        void reportsEachUnknownPart() {
            List<String> pointers =
                    pointers(problem("invalid-input", () -> listings.create(ada, plain(UNKNOWN_PARTS))));

            assertEquals(
                    List.of(
                            "/active_profile_id",
                            "/cpu_id",
                            "/gpu_id",
                            "/ports_profile_id",
                            "/primary_storage_profile_id",
                            "/ram_spec_id",
                            "/ruleset_id",
                            "/secondary_storage_profile_id"),
                    pointers);
        }

        @Test
        void reportsUnknownPartsOnly() {
            ListingInput input = with(fixtures.completeListing(), "{\"secondary_storage_profile_id\": -1}");

            ProblemException problem = problem("invalid-input", () -> listings.create(ada, input));

            assertEquals(List.of("/secondary_storage_profile_id"), pointers(problem));
            assertTrue(problem.getMessage().contains("-1"), problem.getMessage());
        }

        @Test
        void rejectsADuplicateVendorItemId() {
            String number = UUID.randomUUID().toString();
            listings.create(ada, item(number));

            assertEquals(
                    409,
                    problem("duplicate-listing", () -> listings.create(ada, item(number)))
                            .type()
                            .status());
            listings.create(bob, item(number)); // unique for each owner
            listings.create(ada, with(item(number), "{\"marketplace\": \"another\"}"));
            listings.create(ada, with(item(number), "{\"marketplace\": null}"));
            listings.create(ada, with(item(number), "{\"marketplace\": null}"));
        }

        @Test
        void acceptsAVendorItemIdOnceFromConcurrentRequests() {
            String number = UUID.randomUUID().toString();

            List<String> outcomes = Concurrently.run(10, _ -> listings.create(ada, item(number)));

            assertEquals(1, Collections.frequency(outcomes, "ok"), outcomes::toString);
            assertEquals(9, Collections.frequency(outcomes, "duplicate-listing"), outcomes::toString);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0000-01-01T00:00:00Z",
                    "0000-01-01T00:00:00+01:00",
                    "1582-10-04T00:00:00Z",
                    "1969-12-31T23:59:59.999999Z",
                    "9999-12-31T23:59:59.9999999Z",
                    "9999-12-31T23:59:59-01:00"
                })
        void rejectsADateThatRfc3339CannotExpress(String date) {
            assertEquals(
                    List.of("/price_date"),
                    pointers(problem(
                            "invalid-input", () -> listings.create(ada, plain("{\"price_date\": \"" + date + "\"}")))));
            assertEquals(
                    List.of("/listings/1/price_date"),
                    pointers(problem(
                            "invalid-input",
                            () -> listings.createAll(
                                    ada, List.of(plain("{}"), plain("{\"price_date\": \"" + date + "\"}"))))));
        }

        @ParameterizedTest
        @CsvSource({
            "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
            "2026-01-31T12:00:00.123456789+01:00, 2026-01-31T11:00:00.123457Z"
        })
        void keepsTheInstantOfADate(String given, String shown) {
            String json = Json.text(listings.create(ada, plain("{\"price_date\": \"" + given + "\"}")));

            assertTrue(json.contains("\"price_date\":\"" + shown + "\""), json);
        }

        @Test
        void rejectsLongAttributes() {
            String large = "{\"attributes\": {\"text\": \"" + "x".repeat(FreeForm.MAX_LENGTH) + "\"}}";

            assertEquals(
                    List.of("/attributes"),
                    pointers(problem("invalid-input", () -> listings.create(ada, plain(large)))));
        }
    }

    @Nested
    class CreateAll {
        @Test
        void returnsTheIdsInTheOrderOfTheInputsInOneStatement() {
            List<ListingInput> inputs = IntStream.range(0, 500)
                    .mapToObj(i -> plain("{\"title\": \"PC " + i + "\"}"))
                    .toList();
            List<Long> ids = new ArrayList<>();

            int statements = StatementCounter.count(() -> ids.addAll(listings.createAll(ada, inputs)));

            assertEquals(1, statements);
            assertEquals(500, ids.size());
            for (int i : List.of(0, 1, 250, 499)) {
                assertEquals("PC " + i, listings.get(ada, ids.get(i)).title());
            }
        }

        @Test
        void storesEveryMember() {
            List<ListingInput> inputs = List.of(fixtures.completeListing(), plain("{}"), fixtures.completeListing());

            List<Long> ids = listings.createAll(ada, inputs);

            requireComplete(listings.get(ada, ids.getFirst()), "listing");
            for (int i = 0; i < inputs.size(); i++) {
                requireAsGiven(inputs.get(i), listings.get(ada, ids.get(i)));
            }
        }

        @Test
        void reportsEachUnknownPartAndCreatesNothing() {
            ListingInput good = item(UUID.randomUUID().toString());
            List<ListingInput> inputs = List.of(
                    good,
                    plain("{\"gpu_id\": -1}"),
                    fixtures.completeListing(),
                    plain("{\"cpu_id\": -1, \"ruleset_id\": -2}"));

            assertEquals(
                    List.of("/listings/1/gpu_id", "/listings/3/cpu_id", "/listings/3/ruleset_id"),
                    pointers(problem("invalid-input", () -> listings.createAll(ada, inputs))));
            listings.create(ada, good);
        }

        @Test
        void createsNothingIfOneExists() {
            String there = UUID.randomUUID().toString();
            String other = UUID.randomUUID().toString();
            listings.create(ada, item(there));

            problem("duplicate-listing", () -> listings.createAll(ada, List.of(item(other), item(there))));
            listings.create(ada, item(other));
        }

        @Test
        void createsNothingIfTwoAreEqual() {
            String number = UUID.randomUUID().toString();

            problem("duplicate-listing", () -> listings.createAll(ada, List.of(item(number), item(number))));
            listings.create(ada, item(number));
        }

        @Test
        void createsAllListingsOfOneOfTwoConcurrentRequests() {
            for (int round = 0; round < 5; round++) {
                List<ListingInput> inputs = IntStream.range(0, 20)
                        .mapToObj(_ -> item(UUID.randomUUID().toString()))
                        .toList();

                // in different orders, so that each transaction may wait for a row of the other
                List<String> outcomes =
                        Concurrently.run(2, i -> listings.createAll(ada, i == 0 ? inputs : inputs.reversed()));

                assertEquals(
                        List.of("duplicate-listing", "ok"),
                        outcomes.stream().sorted().toList());
            }
        }
    }

    @Nested
    class Get {
        @Test
        void returnsAllFieldsOfAllRelationsInOneStatement() {
            Listing created = listings.create(ada, fixtures.completeListing());
            List<Listing> results = new ArrayList<>();

            int statements = StatementCounter.count(() -> results.add(listings.get(ada, created.id())));

            assertEquals(1, statements);
            assertEquals(List.of(created), results);
        }

        @Test
        void returnsNotesAndAttributesToTheOwnerOnly() {
            Listing created = listings.create(ada, fixtures.completeListing());

            Listing found = listings.get(bob, created.id());

            assertNull(found.notes());
            assertNull(found.attributes());
            assertEquals(ada.id(), found.ownerId());
            Listing others = listings.findAll(bob, List.of(created.id())).getFirst();
            assertNull(others.notes());
            assertNull(others.attributes());
            Listing own = listings.findAll(ada, List.of(created.id())).getFirst();
            assertEquals(created.notes(), own.notes());
            assertEquals(created.attributes(), own.attributes());
        }

        @Test
        void doesNotFindAnUnknownId() {
            problem("not-found", () -> listings.get(ada, Long.MAX_VALUE));
            problem("not-found", () -> listings.get(ada, -1));
        }
    }

    @Test
    void hasTheMembersOfTheContractAndTheRelations() {
        assertEquals(
                List.of(
                        "id",
                        "owner_id",
                        "title",
                        "listing_url",
                        "seller",
                        "price_usd",
                        "price_date",
                        "condition",
                        "status",
                        "marketplace",
                        "vendor_item_id",
                        "device_model",
                        "manufacturer",
                        "series",
                        "model_number",
                        "form_factor",
                        "ram_gb",
                        "primary_storage_gb",
                        "secondary_storage_gb",
                        "thumbnail_url",
                        "notes",
                        "attributes",
                        "adjusted_price_usd",
                        "adjusted_price_source",
                        "score_composite",
                        "score_source",
                        "perf_per_watt",
                        "dollar_per_cpu_mark_multi",
                        "dollar_per_cpu_mark_single",
                        "created_at",
                        "updated_at",
                        "cpu",
                        "gpu",
                        "ports_profile",
                        "active_profile",
                        "ruleset",
                        "ram_spec",
                        "primary_storage_profile",
                        "secondary_storage_profile"),
                Json.read(Json.text(listings.create(ada, plain("{}"))), JsonNode.class)
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .toList());
    }
}
