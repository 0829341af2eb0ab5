package dealbrain.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.Accounts;
import dealbrain.accounts.Scope;
import dealbrain.accounts.User;
import dealbrain.app.DemoCatalog.DemoPart;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.CpuInput;
import dealbrain.catalog.RamSpecInput;
import dealbrain.catalog.StorageProfileInput;
import dealbrain.collections.CollectionInput;
import dealbrain.collections.CollectionListQuery;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealCollections;
import dealbrain.collections.Visibility;
import dealbrain.database.UniqueKeys;
import dealbrain.http.CountMode;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import dealbrain.listings.ListingInput;
import dealbrain.listings.Listings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/**
 * A small realistic data set for trying the service: a user {@code demo} with 150 listings in one collection. It is
 * loaded once, in one transaction. All values are derived from the number of a listing, so that each machine has the
 * same data.
 */
final class Demo {
    private static final String USERNAME = "demo";
    private static final int LISTINGS = 150;
    private static final List<String> MODELS = List.of(
            "Lenovo ThinkCentre M720q",
            "Dell OptiPlex 3060 Micro",
            "HP EliteDesk 800 G4 Mini",
            "Lenovo ThinkCentre M75q Gen 2",
            "HP ProDesk 405 G8 Mini",
            "Dell Precision 3260 Compact",
            "Minisforum UM790 Pro",
            "Lenovo ThinkStation P360");
    private static final List<String> SELLERS =
            List.of("second-cycle", "office-returns", "it-remarket", "garage-lab", "refurb-depot");

    private final Jdbi jdbi;
    private final Accounts accounts;
    private final Catalog catalog;
    private final Listings listings;
    private final DealCollections collections;

    Demo(Jdbi jdbi, Accounts accounts, Catalog catalog, Listings listings, DealCollections collections) {
        this.jdbi = jdbi;
        this.accounts = accounts;
        this.catalog = catalog;
        this.listings = listings;
        this.collections = collections;
    }

    /** Loads the demo unless its user exists. Of instances that start at the same time, one loads it. */
    void load() {
        jdbi.useTransaction(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(hashtext('dealbrain demo'))");
            if (accounts.findUser(USERNAME).isEmpty()) {
                handle.attach(UniqueKeys.class).lock(); // another instance may add the starter catalog
                create();
            }
        });
    }

    private void create() {
        User demo = accounts.createUser(USERNAME, UUID.randomUUID().toString(), "Demo");
        DemoCatalog parts = DemoCatalog.create(catalog);
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        InputSchemas schemas = new InputSchemas();
        List<ListingInput> inputs = IntStream.range(0, LISTINGS)
                .mapToObj(number -> schemas.bind(listing(number, parts, today), ListingInput.class))
                .toList();
        List<Long> ids = listings.createAll(demo, inputs);
        DealCollection all = collections.create(
                demo,
                new CollectionInput(
                        "Mini PCs for the home lab",
                        "Everything under a thousand dollars that could become the next server",
                        Visibility.PUBLIC));
        collections.addAll(demo, all.id(), ids);
        DealCollection best = collections.create(demo, new CollectionInput("Shortlist", null, Visibility.PRIVATE));
        collections.addAll(demo, best.id(), ids.subList(0, 5));
    }

    private static ObjectNode listing(int number, DemoCatalog parts, Instant today) {
        int cpuIndex = number * 7 % parts.cpus().size();
        int ramIndex = (number * 3 + cpuIndex) % parts.ramSpecs().size();
        int diskIndex = (number * 5 + cpuIndex) % parts.disks().size();
        boolean hasGraphics = number % 6 == 0;
        boolean hasArchive = number % 4 == 0;
        DemoPart<CpuInput> cpuPart = parts.cpus().get(cpuIndex);
        CpuInput cpu = cpuPart.input();
        DemoPart<RamSpecInput> ramPart = parts.ramSpecs().get(ramIndex);
        RamSpecInput ram = ramPart.input();
        DemoPart<StorageProfileInput> disk = parts.disks().get(diskIndex);
        String model = cyclic(MODELS, number);
        long dollars =
                70 + 38L * cpuIndex + 34L * ramIndex + 22L * diskIndex + (hasGraphics ? 120 : 0) + number * 13 % 40;
        BigDecimal price = BigDecimal.valueOf(dollars).setScale(2).subtract(new BigDecimal("0.01"));

        ObjectNode listing = Json.object()
                .put("title", model + ", " + cpu.name() + ", " + ram.totalCapacityGb() + " GB")
                .put("listing_url", "https://deals.example.org/item/" + (4100 + number))
                .put("seller", cyclic(SELLERS, number))
                .put("price_usd", price)
                .put("price_date", today.minus(number % 30, ChronoUnit.DAYS).toString())
                .put("condition", condition(number))
                .put("marketplace", "example")
                .put("vendor_item_id", "demo-" + number)
                .put("device_model", model)
                .put("manufacturer", model.replaceFirst(" .*", ""))
                .put("form_factor", number % 8 == 7 ? "SFF" : "Mini")
                .put("ram_gb", ram.totalCapacityGb())
                .put("primary_storage_gb", disk.input().capacityGb())
                .put("cpu_id", cpuPart.id())
                .put("ports_profile_id", cyclic(parts.portsProfiles(), number).id())
                .put(
                        "active_profile_id",
                        cyclic(parts.scoringProfiles(), number).id())
                .put("ruleset_id", parts.rulesets().getFirst().id())
                .put("ram_spec_id", ramPart.id())
                .put("primary_storage_profile_id", disk.id());
        listing.putObject("attributes").put("wifi", number % 2 == 0);
        if (hasGraphics) {
            listing.put("gpu_id", cyclic(parts.gpus(), number / 6).id());
        }
        if (hasArchive) {
            DemoPart<StorageProfileInput> archive = cyclic(parts.archiveDisks(), number / 4);
            listing.put("secondary_storage_gb", archive.input().capacityGb())
                    .put("secondary_storage_profile_id", archive.id());
        }
        return listing;
    }

    private static <T> T cyclic(List<T> values, int number) {
        return values.get(number % values.size());
    }

    private static String condition(int number) {
        if (number % 9 == 0) {
            return "new";
        }
        return number % 3 == 0 ? "refurb" : "used";
    }

    /**
     * Returns a valid token of the demo user, from a file that only the user of this process can read. The database has
     * only its hash, and a new token at each start would leave many behind.
     */
    String token(Path folder) {
        Path file = folder.resolve("demo-token");
        try {
            if (Files.exists(file)) {
                String stored = Files.readString(file).strip();
                if (accounts.findTokenHolder(stored)
                        .filter(user -> user.username().equals(USERNAME))
                        .isPresent()) {
                    return stored;
                }
            }
            String token = accounts.createToken(accounts.findUser(USERNAME).orElseThrow(), "demo", Scope.WRITE);
            Files.createDirectories(folder);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, token + "\n");
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("the token of the demo user cannot be stored in " + file, e);
        }
    }

    /** Returns the id of the demo user's largest collection, which has the 150 listings; 0 if it has none. */
    long collectionId() {
        User demo = accounts.findUser(USERNAME).orElseThrow();
        return collections
                .list(demo, new CollectionListQuery(null, null, 100, 0, null, CountMode.NONE))
                .items()
                .stream()
                .max(Comparator.comparingInt(DealCollection::itemCount))
                .map(DealCollection::id)
                .orElse(0L);
    }
}
