package dealbrain.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dealbrain.accounts.Authentication;
import dealbrain.accounts.Passwords;
import dealbrain.accounts.SignUp;
import dealbrain.accounts.TokenService;
import dealbrain.accounts.User;
import dealbrain.accounts.UserService;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.Cpu;
import dealbrain.catalog.CpuInput;
import dealbrain.catalog.DdrGeneration;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.GpuInput;
import dealbrain.catalog.Port;
import dealbrain.catalog.PortsProfileInput;
import dealbrain.catalog.RamSpecInput;
import dealbrain.catalog.RulesetInput;
import dealbrain.catalog.ScoringProfileInput;
import dealbrain.catalog.StorageMedium;
import dealbrain.catalog.StorageProfileInput;
import dealbrain.listings.Condition;
import dealbrain.listings.ListingInput;
import dealbrain.listings.ListingService;
import dealbrain.listings.ListingStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Creates users, parts and listings for tests, through the services. Names are unique within a database. */
public class Fixtures {
    public static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    public final UserService users;
    public final TokenService tokens;
    public final Catalog catalog;
    public final ListingService listings;
    public final Authentication authentication;

    public Fixtures(Jdbi jdbi) {
        Passwords passwords = new Passwords(10);
        users = new UserService(jdbi, passwords, true);
        tokens = new TokenService(jdbi, passwords);
        catalog = Catalog.of(jdbi);
        listings = new ListingService(jdbi);
        authentication = new Authentication(tokens);
    }

    public User user(String name) {
        return users.create(new SignUp(name + "-" + NUMBER.incrementAndGet(), PASSWORD, null, null));
    }

    public Cpu cpu() {
        return catalog.cpus()
                .create(new CpuInput(
                        "CPU " + NUMBER.incrementAndGet(),
                        "Intel",
                        "LGA1700",
                        12,
                        20,
                        65,
                        "UHD 770",
                        30_600,
                        3850,
                        1850,
                        2022,
                        "boosts to 4.9 GHz",
                        JsonNodeFactory.instance.objectNode().put("stepping", "C0")));
    }

    public Gpu gpu() {
        return catalog.gpus()
                .create(new GpuInput(
                        "GPU " + NUMBER.incrementAndGet(),
                        "NVIDIA",
                        17_000,
                        90_000,
                        "two slots",
                        JsonNodeFactory.instance.objectNode().put("vram_gb", 12)));
    }

    /** A listing with every field and all eight relations, each with every field. */
    public ListingInput completeListing() {
        int number = NUMBER.incrementAndGet();
        return new ListingInput(
                "Complete PC " + number,
                "https://example.org/" + number,
                "seller",
                new BigDecimal("499.50"),
                Instant.parse("2026-01-31T12:00:00Z"),
                Condition.REFURB,
                ListingStatus.PENDING,
                "market",
                "item-" + number,
                "Model",
                "Maker",
                "Series",
                "MN-1",
                "SFF",
                32,
                1000,
                2000,
                "https://example.org/" + number + ".jpg",
                "a note",
                JsonNodeFactory.instance.objectNode().put("wifi", true),
                new BigDecimal("450.25"),
                new BigDecimal("71.25"),
                new BigDecimal("470.7692"),
                cpu().id(),
                gpu().id(),
                catalog.portsProfiles()
                        .create(new PortsProfileInput(
                                "Ports " + number,
                                "a case",
                                List.of(new Port("usb_a", 4, "3.2"), new Port("hdmi", 1, null))))
                        .id(),
                catalog.scoringProfiles()
                        .create(new ScoringProfileInput(
                                "Scoring " + number, "weights", Map.of("cpu", new BigDecimal("0.75")), false))
                        .id(),
                catalog.rulesets()
                        .create(new RulesetInput("Ruleset " + number, "rules", "2.0.1", true))
                        .id(),
                catalog.ramSpecs()
                        .create(new RamSpecInput("RAM " + number, DdrGeneration.DDR5, 4800, 2, 16, 10_000 + number))
                        .id(),
                catalog.storageProfiles().create(storage("first", number)).id(),
                catalog.storageProfiles().create(storage("second", number)).id());
    }

    private static StorageProfileInput storage(String label, int number) {
        return new StorageProfileInput(
                label + " " + number, StorageMedium.NVME, "PCIe 4.0", "M.2 2280", 1000, label + " " + number);
    }

    /** A listing with nothing but a title and a price, which may be null. */
    public ListingInput plainListing(String title, @Nullable String price) {
        return new ListingInput(
                title,
                null,
                null,
                price == null ? null : new BigDecimal(price),
                null,
                Condition.USED,
                ListingStatus.ACTIVE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                JsonNodeFactory.instance.objectNode(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The ids of as many new listings, complete ones that share their parts. */
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

    private static ListingInput numbered(ListingInput model, int number) {
        return new ListingInput(
                "PC " + number,
                model.listingUrl(),
                model.seller(),
                new BigDecimal(100 + number),
                model.priceDate(),
                model.condition(),
                model.status(),
                null,
                null,
                model.deviceModel(),
                model.manufacturer(),
                model.series(),
                model.modelNumber(),
                model.formFactor(),
                model.ramGb(),
                model.primaryStorageGb(),
                model.secondaryStorageGb(),
                model.thumbnailUrl(),
                model.notes(),
                model.attributes(),
                model.adjustedPriceUsd(),
                model.scoreComposite(),
                model.perfPerWatt(),
                model.cpuId(),
                model.gpuId(),
                model.portsProfileId(),
                model.activeProfileId(),
                model.rulesetId(),
                model.ramSpecId(),
                model.primaryStorageProfileId(),
                model.secondaryStorageProfileId());
    }
}
