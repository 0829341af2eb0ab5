package dealbrain.testing;

import dealbrain.accounts.Accounts;
import dealbrain.accounts.User;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.Cpu;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.Part;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import dealbrain.listings.ListingInput;
import dealbrain.listings.Listings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Creates users, parts and listings for tests, through the services. Names are unique within a database. */
public class Fixtures {
    public static final String PASSWORD = "correct horse battery";

    /** Begins above the capacities in GB that tests use, since no two RAM specs are equal. */
    private static final AtomicInteger NUMBER = new AtomicInteger(1000);

    private static final InputSchemas SCHEMAS = new InputSchemas();

    public final Accounts accounts;
    public final Catalog catalog;
    public final Listings listings;

    public Fixtures(Jdbi jdbi) {
        accounts = new Accounts(jdbi, 10, true);
        catalog = new Catalog(jdbi, accounts.authentication());
        listings = new Listings(jdbi, accounts.authentication(), catalog);
    }

    public User user(String name) {
        return accounts.createUser(name + "-" + NUMBER.incrementAndGet(), PASSWORD, null);
    }

    public Cpu cpu() {
        return part(PartKind.CPU, """
                {"name": "CPU %1$d", "manufacturer": "Intel", "socket": "LGA1700", "cores": 12, "threads": 20,
                 "tdp_w": 65, "igpu_model": "UHD 770", "cpu_mark_multi": 30600, "cpu_mark_single": 3850,
                 "igpu_mark": 1850, "release_year": 2022, "notes": "boosts to 4.9 GHz",
                 "attributes": {"stepping": "C0"}}
                """);
    }

    public Gpu gpu() {
        return part(PartKind.GPU, """
                {"name": "GPU %1$d", "manufacturer": "NVIDIA", "gpu_mark": 17000, "metal_score": 90000,
                 "notes": "two slots", "attributes": {"vram_gb": 12}}
                """);
    }

    /** Creates a part from its input as JSON, in which {@code %1$d} is a new number. */
    public <P extends Part, I extends Record & PartInput> P part(PartKind<P, I> kind, String json) {
        return catalog.create(kind, input(kind.input(), json.formatted(NUMBER.incrementAndGet())));
    }

    /** Returns an input from JSON, with defaults for absent members. */
    public static <I extends Record> I input(Class<I> type, String json) {
        return SCHEMAS.bind(Json.parse(json.getBytes(StandardCharsets.UTF_8)), type);
    }

    /**
     * Returns a listing with every member and all eight relations, each with every member. The stated values are those
     * that are computed for a price of 499.50.
     */
    public ListingInput completeListing() {
        return input(ListingInput.class, """
                {"title": "Complete PC %1$d", "listing_url": "https://example.org/%1$d", "seller": "seller",
                 "price_usd": 499.50, "price_date": "2026-01-31T12:00:00Z", "condition": "refurb", "status": "pending",
                 "marketplace": "market", "vendor_item_id": "item-%1$d", "device_model": "Model",
                 "manufacturer": "Maker", "series": "Series", "model_number": "MN-1", "form_factor": "SFF",
                 "ram_gb": 32, "primary_storage_gb": 1000, "secondary_storage_gb": 2000,
                 "thumbnail_url": "https://example.org/%1$d.jpg", "notes": "a note", "attributes": {"wifi": true},
                 "adjusted_price_usd": 450.25, "score_composite": 80.0, "perf_per_watt": 470.7692,
                 "cpu_id": %2$d, "gpu_id": %3$d, "ports_profile_id": %4$d, "active_profile_id": %5$d,
                 "ruleset_id": %6$d, "ram_spec_id": %7$d, "primary_storage_profile_id": %8$d,
                 "secondary_storage_profile_id": %9$d}
                """.formatted(
                        NUMBER.incrementAndGet(),
                        cpu().id(),
                        gpu().id(),
                        part(PartKind.PORTS_PROFILE, """
                                {"name": "Ports %1$d", "description": "a case",
                                 "ports": [{"type": "usb_a", "count": 4, "spec_notes": "3.2"}, {"type": "hdmi"}]}
                                """).id(),
                        part(PartKind.SCORING_PROFILE, """
                                {"name": "Scoring %1$d", "description": "weights", "weights": {"cpu": 0.75, "ram_gb": 1},
                                 "references": {"ram_gb": 40}}
                                """).id(),
                        part(PartKind.RULESET, """
                                {"name": "Ruleset %1$d", "description": "rules", "version": "2.0.1",
                                 "rules": [{"component": "ram", "metric": "flat", "unit_value_usd": 49.25,
                                            "condition_refurb": 1}]}
                                """).id(),
                        part(PartKind.RAM_SPEC, """
                                {"label": "RAM %1$d", "ddr_generation": "ddr5", "speed_mhz": 4800, "module_count": 2,
                                 "capacity_per_module_gb": 16, "total_capacity_gb": %1$d}
                                """).id(),
                        storage(),
                        storage()));
    }

    private long storage() {
        return part(PartKind.STORAGE_PROFILE, """
                {"label": "Disk %1$d", "medium": "nvme", "interface": "PCIe 4.0", "form_factor": "M.2 2280",
                 "capacity_gb": 1000, "performance_tier": "tier %1$d"}
                """).id();
    }

    /** Returns a listing with only a title and a price, which may be null. */
    public ListingInput plainListing(String title, @Nullable String price) {
        return input(ListingInput.class, "{\"title\": " + Json.text(title) + ", \"price_usd\": " + price + "}");
    }

    /** Returns the ids of {@code count} new listings, complete ones that share their parts. */
    public List<Long> listings(User owner, int count) {
        ListingInput model = completeListing();
        List<Long> ids = new ArrayList<>();
        for (int from = 0; from < count; from += 500) {
            List<ListingInput> inputs = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + 500); i++) {
                inputs.add(numbered(model, i));
            }
            ids.addAll(listings.createAll(owner, inputs));
        }
        return ids;
    }

    /** Creates complete listings that share their parts, or that have different ones. */
    public List<Long> listings(User owner, Rows rows) {
        return rows.areDifferent()
                ? listings.createAll(
                        owner,
                        Stream.generate(this::completeListing)
                                .limit(rows.number())
                                .toList())
                : listings(owner, rows.number());
    }

    private static ListingInput numbered(ListingInput model, int number) {
        return Records.with(model, """
                {"title": "PC %1$d", "price_usd": %2$d, "marketplace": null, "vendor_item_id": null,
                 "adjusted_price_usd": null}
                """.formatted(number, 100 + number));
    }
}
