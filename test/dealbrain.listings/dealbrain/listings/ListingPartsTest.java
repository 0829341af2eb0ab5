package dealbrain.listings;

import static dealbrain.testing.Problems.problem;
import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.catalog.DdrGeneration;
import dealbrain.catalog.PartKind;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.StorageMedium;
import dealbrain.catalog.StorageProfile;
import dealbrain.http.IfMatch;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.json.InputError.Candidate;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import dealbrain.json.MergePatch;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Parts that inputs give by their names or descriptions. */
class ListingPartsTest extends ListingFixture {
    private static final AtomicInteger NUMBER = new AtomicInteger(10_000);
    private static final InputSchemas SCHEMAS = new InputSchemas();

    /** The model numbers of a CPU and a GPU that no other test has. */
    private int number;

    private long cpu;
    private long gpu;

    @BeforeEach
    void parts() {
        number = NUMBER.incrementAndGet();
        cpu = part(PartKind.CPU, "Intel Core i5-" + number + "T");
        gpu = part(PartKind.GPU, "NVIDIA GeForce GTX " + number);
    }

    private static long part(PartKind<?, ?> kind, String name) {
        return fixtures.part(kind, "{\"name\": \"" + name + "\"}").id();
    }

    private Listing create(String members) {
        return listings.create(ada, plain(members));
    }

    private int statements(String members) {
        ListingInput input = plain(members);
        return StatementCounter.count(() -> listings.create(ada, input));
    }

    private InputError error(String members) {
        ProblemException problem = problem("invalid-input", () -> create(members));
        assertEquals(1, problem.errors().size(), problem.errors()::toString);
        return problem.errors().getFirst();
    }

    private static RamSpec ram(Listing listing) {
        return Objects.requireNonNull(listing.ramSpec());
    }

    private static StorageProfile drive(Listing listing) {
        return Objects.requireNonNull(listing.primaryStorageProfile());
    }

    @Nested
    class Create {
        @Test
        void findsEachRelationByItsName() {
            long ports = part(PartKind.PORTS_PROFILE, "Tiny " + number);
            long profile = part(PartKind.SCORING_PROFILE, "Server " + number);
            long rules = part(PartKind.RULESET, "Office PCs " + number);

            Listing created = create("""
                    {"cpu": "i5 %1$dt", "gpu": "gtx%1$d", "ports_profile": "tiny-%1$d", "active_profile": "SERVER %1$d",
                     "ruleset": "office pcs %1$d", "ram_spec": "16 GB DDR4-3200", "primary_storage_profile": "512 GB NVMe",
                     "secondary_storage_profile": {"medium": "hdd", "capacity_gb": 1000}}
                    """.formatted(number));

            assertEquals(cpu, Objects.requireNonNull(created.cpu()).id());
            assertEquals(gpu, Objects.requireNonNull(created.gpu()).id());
            assertEquals(ports, Objects.requireNonNull(created.portsProfile()).id());
            assertEquals(
                    profile, Objects.requireNonNull(created.activeProfile()).id());
            assertEquals(rules, Objects.requireNonNull(created.ruleset()).id());
            assertEquals(16, ram(created).totalCapacityGb());
            assertEquals(3200, ram(created).speedMhz());
            assertEquals(DdrGeneration.DDR4, ram(created).ddrGeneration());
            assertEquals("16 GB DDR4-3200", ram(created).label());
            assertEquals(512, drive(created).capacityGb());
            assertEquals(StorageMedium.NVME, drive(created).medium());
            StorageProfile second = Objects.requireNonNull(created.secondaryStorageProfile());
            assertEquals(StorageMedium.HDD, second.medium());
            assertEquals("1 TB HDD", second.label());
            assertEquals(created, listings.get(ada, created.id()));
        }

        @Test
        void takesOneStatementMoreForEachKindThatIsNamed() {
            create("{\"ram_spec\": \"24 GB DDR5\", \"primary_storage_profile\": \"512 GB NVMe\"}");

            assertEquals(1, statements("{\"cpu_id\": %d}".formatted(cpu)));
            assertEquals(2, statements("{\"cpu\": \"i5-%dT\"}".formatted(number)));
            assertEquals(3, statements("{\"cpu\": \"i5-%1$dT\", \"gpu\": \"GTX %1$d\"}".formatted(number)));
            assertEquals(2, statements("{\"ram_spec\": \"24GB DDR5 RAM\"}"));
            assertEquals(3, statements("""
                    {"ram_spec": "24 GB DDR5", "primary_storage_profile": "512GB NVMe SSD",
                     "secondary_storage_profile": "512 GB NVMe"}"""));
        }

        @Test
        void findsACreatedPartByItsLabel() {
            assertEquals(6, statements("{\"ram_spec\": \"%d GB DDR3\"}".formatted(number)));
            assertEquals(2, statements("{\"ram_spec\": \"%d GB DDR3\"}".formatted(number)));
        }

        @Test
        void readsTheMembersOfMemory() {
            Listing described =
                    create("{\"ram_spec\": {\"ddr_generation\": \"ddr4\", \"speed_mhz\": 2933, \"module_count\": 2,"
                            + " \"capacity_per_module_gb\": 16}}");

            assertEquals(
                    described.ramSpec(),
                    create("{\"ram_spec\": \"2x16GB DDR4-2933\"}").ramSpec());
            assertEquals(32, described.ramGb());
        }

        @Test
        void fillsCapacitiesThatAreAbsent() {
            Listing filled = create("""
                    {"ram_spec": "16 GB DDR4", "primary_storage_profile": "512 GB NVMe",
                     "secondary_storage_profile": "1 TB HDD"}""");
            Listing stated = create("""
                    {"ram_spec": "16 GB DDR4", "primary_storage_profile": "512 GB NVMe", "ram_gb": 8,
                     "primary_storage_gb": 0}""");
            Listing byId = create("{\"ram_spec_id\": " + ram(filled).id() + "}");

            assertEquals(
                    List.of(16, 512, 1000),
                    List.of(filled.ramGb(), filled.primaryStorageGb(), filled.secondaryStorageGb()));
            assertEquals(List.of(8, 0), List.of(stated.ramGb(), stated.primaryStorageGb()));
            assertNull(byId.ramGb());
        }

        @Test
        void prefersALabelToANewPart() {
            long labelled = fixtures.part(PartKind.STORAGE_PROFILE, """
                    {"label": "%1$s GB NVMe", "medium": "nvme", "interface": "PCIe 3.0 x4", "capacity_gb": %1$s}
                    """.formatted(number))
                    .id();

            assertEquals(
                    labelled,
                    drive(create("{\"primary_storage_profile\": \"%dGB NVMe SSD\"}".formatted(number)))
                            .id());
        }

        @Test
        void createsAPartIfSeveralHaveTheLabel() {
            for (String bus : List.of("PCIe 3.0", "PCIe 4.0")) {
                fixtures.part(PartKind.STORAGE_PROFILE, """
                        {"label": "%1$s GB NVMe", "medium": "nvme", "interface": "%2$s", "capacity_gb": %1$s}
                        """.formatted(number, bus));
            }
            String name = "{\"primary_storage_profile\": \"%d GB NVMe\"}".formatted(number);

            Listing created = create(name);

            assertNull(drive(created).bus());
            assertEquals(drive(created), drive(create(name)));
        }

        @Test
        void createsMissingPartsOnceFromConcurrentRequests() {
            String members = """
                    {"ram_spec": "%1$d GB DDR5", "primary_storage_profile": "%1$d GB NVMe",
                     "secondary_storage_profile": "%1$d GB HDD"}""".formatted(number);
            List<Listing> created = Collections.synchronizedList(new ArrayList<>());

            List<String> outcomes = Concurrently.run(
                    50,
                    i -> created.add(create(
                            i % 2 == 0
                                    ? members
                                    : members.replace("%d GB HDD".formatted(number), "%d GB eMMC".formatted(number)))));

            assertEquals(50, Collections.frequency(outcomes, "ok"), outcomes::toString);
            assertEquals(
                    1,
                    created.stream()
                            .map(listing -> ram(listing).id())
                            .distinct()
                            .count());
            assertEquals(1, count("SELECT count(*) FROM ram_spec WHERE total_capacity_gb = " + number));
            assertEquals(3, count("SELECT count(*) FROM storage_profile WHERE capacity_gb = " + number));
        }

        @Test
        void createsNoPartForAnInvalidListing() {
            ProblemException problem = problem("invalid-input", () -> create("""
                            {"ram_spec": "%d GB DDR5", "cpu": "i5-%1$dX", "price_date": "0000-01-01T00:00:00Z"}
                            """.formatted(number)));

            assertEquals(List.of("/price_date", "/cpu"), pointers(problem));
            assertEquals(0, count("SELECT count(*) FROM ram_spec WHERE total_capacity_gb = " + number));
        }
    }

    @Nested
    class Errors {
        @Test
        void offersCandidatesForAnUnknownName() {
            InputError error = error("{\"cpu\": \"i5-%dX\"}".formatted(number));

            assertEquals("/cpu", error.pointer());
            assertTrue(error.detail().contains("i5-" + number + "X"), error.detail());
            assertEquals(
                    new Candidate(cpu, "Intel Core i5-" + number + "T"),
                    Objects.requireNonNull(error.candidates()).getFirst());
        }

        @Test
        void showsCandidatesInTheProblem() {
            JsonNode error = Json.tree(error("{\"cpu\": \"i5-%dX\"}".formatted(number)));

            assertEquals(cpu, error.at("/candidates/0/id").asLong());
            assertEquals(
                    "Intel Core i5-" + number + "T",
                    error.at("/candidates/0/name").asText());
            assertFalse(Json.tree(InputError.at("/title", "title is required")).has("candidates"));
        }

        @Test
        void offersCandidatesForAnAmbiguousName() {
            long other = part(PartKind.CPU, "Intel Core i7-" + number + "T");

            InputError error = error("{\"cpu\": \"%dT\"}".formatted(number));

            assertEquals(
                    List.of(cpu, other),
                    Objects.requireNonNull(error.candidates()).stream()
                            .map(Candidate::id)
                            .toList());
            assertTrue(error.detail().contains("may mean several"), error.detail());
        }

        @Test
        void rejectsANameBesideAnId() {
            InputError error = error("{\"cpu\": \"i5-%dT\", \"cpu_id\": %d}".formatted(number, cpu));

            assertEquals("/cpu", error.pointer());
            assertEquals("cpu and cpu_id exclude each other: give one of them", error.detail());
        }

        @Test
        void saysWhatADescriptionLacks() {
            assertEquals(
                    "ram_spec must have total_capacity_gb, or module_count and capacity_per_module_gb",
                    error("{\"ram_spec\": {\"ddr_generation\": \"ddr4\"}}").detail());
            assertEquals(
                    "primary_storage_profile must have capacity_gb, and a medium other than unknown",
                    error("{\"primary_storage_profile\": {\"medium\": \"unknown\", \"capacity_gb\": 512}}")
                            .detail());
            assertTrue(error("{\"ram_spec\": \"DDR4\"}").detail().contains("\"16 GB DDR4-3200\""));
            assertTrue(error("{\"secondary_storage_profile\": \"512 GB\"}")
                    .detail()
                    .contains("\"512 GB NVMe\""));
        }

        @Test
        void rejectsTextsOfSigns() {
            assertEquals("/gpu", error("{\"gpu\": \"'; DROP TABLE gpu; --\"}").pointer());
            assertEquals("/gpu", error("{\"gpu\": \" \"}").pointer());
        }
    }

    @Nested
    class CreateAll {
        @Test
        void findsTheNamesOfAllListings() {
            List<ListingInput> inputs = IntStream.range(0, 500)
                    .mapToObj(i -> plain(
                            i % 2 == 0
                                    ? "{\"cpu\": \"i5-%dT\", \"ram_spec\": \"8 GB DDR4\"}".formatted(number)
                                    : "{\"cpu_id\": %d, \"gpu\": \"GTX %d\"}".formatted(cpu, number)))
                    .toList();
            create("{\"ram_spec\": \"8 GB DDR4\"}");
            List<Long> ids = new ArrayList<>();

            int statements = StatementCounter.count(() -> ids.addAll(listings.createAll(ada, inputs)));

            assertEquals(4, statements);
            Listing even = listings.get(ada, ids.get(498));
            Listing odd = listings.get(ada, ids.get(499));
            assertEquals(cpu, Objects.requireNonNull(even.cpu()).id());
            assertEquals(8, even.ramGb());
            assertEquals(cpu, Objects.requireNonNull(odd.cpu()).id());
            assertEquals(gpu, Objects.requireNonNull(odd.gpu()).id());
            assertNull(odd.ramSpec());
        }

        @Test
        void reportsEachNameAndCreatesNothing() {
            String item = "{\"marketplace\": \"m\", \"vendor_item_id\": \"%d\", \"ram_spec\": \"%1$d GB DDR4\"}"
                    .formatted(number);
            List<ListingInput> inputs = List.of(
                    plain(item),
                    plain("{\"gpu\": \"No such card\"}"),
                    plain("{\"cpu\": \"i5-%dT\"}".formatted(number)),
                    plain("{\"cpu\": \"i5-%dX\", \"ram_spec\": \"DDR9\"}".formatted(number)));

            ProblemException problem = problem("invalid-input", () -> listings.createAll(ada, inputs));

            assertEquals(List.of("/listings/1/gpu", "/listings/3/cpu", "/listings/3/ram_spec"), pointers(problem));
            assertEquals(0, count("SELECT count(*) FROM ram_spec WHERE total_capacity_gb = " + number));
            listings.create(ada, plain(item));
        }

        @Test
        void reportsUnknownIdsBesideNames() {
            List<ListingInput> inputs =
                    List.of(plain("{\"cpu\": \"i5-%dT\"}".formatted(number)), plain("{\"gpu_id\": -1}"));

            assertEquals(
                    List.of("/listings/1/gpu_id"),
                    pointers(problem("invalid-input", () -> listings.createAll(ada, inputs))));
        }
    }

    @Nested
    class Update {
        private Listing patch(Listing listing, String members) {
            MergePatch<ListingInput> patch = SCHEMAS.patch(Json.read(members, JsonNode.class), ListingInput.class);
            return listings.update(
                    ada,
                    listing.id(),
                    IfMatch.ANY,
                    stored -> patch.applyTo(ListingParts.withoutNamed(stored, patch::contains)));
        }

        @Test
        void replacesAPartByAName() {
            long other = part(PartKind.CPU, "Intel Core i7-" + number);
            Listing created = create("{\"cpu_id\": %d, \"gpu_id\": %d}".formatted(cpu, gpu));

            Listing changed = patch(created, "{\"cpu\": \"i7-%d\"}".formatted(number));

            assertEquals(other, Objects.requireNonNull(changed.cpu()).id());
            assertEquals(gpu, Objects.requireNonNull(changed.gpu()).id());
        }

        @Test
        void removesAPartByNull() {
            Listing created = create("{\"cpu\": \"i5-%1$dT\", \"gpu\": \"GTX %1$d\"}".formatted(number));

            Listing changed = patch(created, "{\"cpu\": null}");

            assertNull(changed.cpu());
            assertNotNull(changed.gpu());
            assertNull(patch(changed, "{\"gpu_id\": null}").gpu());
        }

        @Test
        void keepsCapacitiesThatAreStored() {
            Listing created = create("{\"ram_gb\": 8}");

            Listing changed = patch(created, "{\"ram_spec\": \"16 GB DDR4\"}");
            assertEquals(16, ram(changed).totalCapacityGb());
            assertEquals(8, changed.ramGb());

            Listing filled = patch(changed, "{\"ram_spec\": {\"total_capacity_gb\": 32}, \"ram_gb\": null}");
            assertEquals(32, filled.ramGb());
            assertNotEquals(changed.ramSpec(), filled.ramSpec());
        }

        @Test
        void rejectsANameBesideAnId() {
            Listing created = create("{}");

            ProblemException problem = problem(
                    "invalid-input",
                    () -> patch(created, "{\"cpu\": \"i5-%dT\", \"cpu_id\": %d}".formatted(number, cpu)));

            assertEquals(List.of("/cpu"), pointers(problem));
        }

        @Test
        void offersCandidates() {
            Listing created = create("{\"cpu_id\": %d}".formatted(cpu));

            ProblemException problem =
                    problem("invalid-input", () -> patch(created, "{\"cpu\": \"i5-%dX\"}".formatted(number)));

            assertEquals(
                    cpu,
                    Objects.requireNonNull(problem.errors().getFirst().candidates())
                            .getFirst()
                            .id());
            assertEquals(created, listings.get(ada, created.id()));
        }

        @Test
        void takesOneStatementMoreForAName() {
            Listing created = create("{}");

            assertEquals(3, StatementCounter.count(() -> patch(created, "{\"cpu\": \"i5-%dT\"}".formatted(number))));
        }
    }

    @Test
    void takesNullForAbsent() {
        ListingInput input = with(plain("{}"), "{\"cpu\": null, \"ram_spec\": null}");

        assertFalse(input.namesParts());
        assertEquals(plain("{}"), input);
    }
}
