package dealbrain.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dealbrain.accounts.Accounts;
import dealbrain.accounts.Scope;
import dealbrain.accounts.SignUp;
import dealbrain.accounts.TokenService;
import dealbrain.accounts.User;
import dealbrain.accounts.UserService;
import dealbrain.catalog.Catalog;
import dealbrain.collections.CollectionInput;
import dealbrain.collections.CollectionListQuery;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealCollections;
import dealbrain.collections.Visibility;
import dealbrain.listings.Condition;
import dealbrain.listings.ListingInput;
import dealbrain.listings.ListingService;
import dealbrain.listings.ListingStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * A small realistic data set to try the service with: a user {@code demo} who keeps 150 listings in one collection. Loaded
 * once, in one transaction; everything in it follows from a listing's number, so that each machine has the same.
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
    private final UserService users;
    private final TokenService tokens;
    private final Catalog catalog;
    private final ListingService listings;
    private final DealCollections collections;

    Demo(Jdbi jdbi, Accounts accounts, Catalog catalog, ListingService listings, DealCollections collections) {
        this.jdbi = jdbi;
        this.users = accounts.users();
        this.tokens = accounts.tokens();
        this.catalog = catalog;
        this.listings = listings;
        this.collections = collections;
    }

    /** Loads the demo unless its user exists; of servers that start together one does. */
    void load() {
        jdbi.useTransaction(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(hashtext('dealbrain demo'))");
            if (users.find(USERNAME).isEmpty()) {
                create();
            }
        });
    }

    private void create() {
        User demo = users.create(new SignUp(USERNAME, UUID.randomUUID().toString(), null, "Demo"));
        DemoCatalog parts = DemoCatalog.create(catalog);
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        List<ListingInput> inputs = new ArrayList<>();
        for (int i = 0; i < LISTINGS; i++) {
            inputs.add(listing(i, parts, today));
        }
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

    private static ListingInput listing(int i, DemoCatalog parts, Instant today) {
        int cpu = i * 7 % parts.cpus().size();
        int ram = (i * 3 + cpu) % parts.rams().size();
        int disk = (i * 5 + cpu) % parts.disks().size();
        boolean graphics = i % 6 == 0;
        boolean archive = i % 4 == 0;
        BigDecimal price = BigDecimal.valueOf(
                        70 + 38L * cpu + 34L * ram + 22L * disk + (graphics ? 120 : 0) + i * 13 % 40)
                .setScale(2)
                .subtract(new BigDecimal("0.01"));
        int mark = Objects.requireNonNull(DemoCatalog.CPUS.get(cpu).cpuMarkMulti());
        int watts = Objects.requireNonNull(DemoCatalog.CPUS.get(cpu).tdpW());
        return new ListingInput(
                MODELS.get(i % MODELS.size()) + ", " + DemoCatalog.CPUS.get(cpu).name() + ", "
                        + List.of(8, 16, 32, 32, 64).get(ram) + " GB",
                "https://deals.example.org/item/" + (4100 + i),
                SELLERS.get(i % SELLERS.size()),
                price,
                today.minus(i % 30, ChronoUnit.DAYS),
                i % 9 == 0 ? Condition.NEW : i % 3 == 0 ? Condition.REFURB : Condition.USED,
                ListingStatus.ACTIVE,
                "example",
                "demo-" + i,
                MODELS.get(i % MODELS.size()),
                MODELS.get(i % MODELS.size()).replaceFirst(" .*", ""),
                null,
                null,
                i % 8 == 7 ? "SFF" : "Mini",
                List.of(8, 16, 32, 32, 64).get(ram),
                List.of(256, 256, 512, 1000).get(disk),
                archive ? 1000 * (1 + i / 4 % 2) : null,
                null,
                null,
                JsonNodeFactory.instance.objectNode().put("wifi", i % 2 == 0),
                price.multiply(new BigDecimal("0.95")).setScale(2, RoundingMode.HALF_UP),
                BigDecimal.valueOf(mark).divide(price, 2, RoundingMode.HALF_UP),
                BigDecimal.valueOf(mark).divide(BigDecimal.valueOf(watts), 2, RoundingMode.HALF_UP),
                parts.cpus().get(cpu),
                graphics ? parts.gpus().get(i / 6 % parts.gpus().size()) : null,
                parts.ports().get(i % parts.ports().size()),
                parts.profiles().get(i % parts.profiles().size()),
                parts.ruleset(),
                parts.rams().get(ram),
                parts.disks().get(disk),
                archive ? parts.archives().get(i / 4 % parts.archives().size()) : null);
    }

    /**
     * A token of the demo user that works, kept in a file that only we can read: the database has hashes only, and a new
     * token at each start would leave heaps of them.
     */
    String token(Path folder) {
        Path file = folder.resolve("demo-token");
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file).strip();
                if (tokens.holder(kept)
                        .filter(user -> user.username().equals(USERNAME))
                        .isPresent()) {
                    return kept;
                }
            }
            String made = tokens.create(users.find(USERNAME).orElseThrow(), "demo", Scope.WRITE)
                    .token();
            Files.createDirectories(folder);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, made + "\n");
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("the token of the demo user cannot be kept in " + file, e);
        }
    }

    /** The id of the largest of the demo's collections, which has the 150 listings; 0 when all were deleted. */
    long collectionId() {
        User demo = users.find(USERNAME).orElseThrow();
        return collections.list(demo, new CollectionListQuery(null, null, 100, 0)).items().stream()
                .max(Comparator.comparingInt(DealCollection::itemCount))
                .map(DealCollection::id)
                .orElse(0L);
    }
}
