package dealbrain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.User;
import dealbrain.catalog.Part;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import dealbrain.csv.CsvFile;
import dealbrain.json.Json;
import dealbrain.listings.ListingInput;
import dealbrain.listings.ListingRelation;
import dealbrain.testing.Fixtures;
import dealbrain.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random listings are equal after an export, an import on another server and an export there. */
class ListingRoundTripTest {
    private static final int LISTINGS = 120;
    private static final List<String> PIECES = List.of(
            "a",
            "Z",
            " ",
            "  ",
            "\u00A0",
            "\t",
            "\n",
            "\r\n",
            "\r",
            ",",
            ";",
            "\"",
            "\"\"",
            "'",
            "=",
            "+",
            "-",
            "@",
            "=1+1",
            "0",
            "00123",
            "1E10",
            "3-4",
            "1.234,56",
            "TRUE",
            "#N/A",
            "\u20AC",
            "$",
            "\uD83D\uDE00",
            "\uFF1D",
            "\u200B",
            "\uFEFF",
            "\u00DF",
            "\u6708",
            "{",
            "}",
            "\\",
            "|",
            "16 GB",
            "null",
            "\u0001",
            "\u2028");

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestDatabase elsewhere = new TestDatabase();

    private static int names;

    private Random random = new Random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void keepsEverything(long seed) {
        random = new Random(seed);
        Fixtures here = new Fixtures(database.jdbi());
        Fixtures there = new Fixtures(elsewhere.jdbi());
        User ada = here.user("ada");
        User eve = there.user("eve");
        List<List<Part>> parts = ListingRelation.ALL.stream()
                .map(relation -> parts(relation.kind(), here, there))
                .toList();
        here.listings.createAll(
                ada, IntStream.range(0, LISTINGS).mapToObj(_ -> listing(parts)).toList());
        byte[] exported = export(here, ada);

        ListingSheetReport created = run(there, elsewhere, eve, exported);
        byte[] again = export(there, eve);

        assertEquals(
                LISTINGS,
                created.created(),
                () -> created.rows().stream()
                        .filter(row -> !row.errors().isEmpty())
                        .toList()
                        .toString());
        assertEquals(new String(exported, StandardCharsets.UTF_8), new String(again, StandardCharsets.UTF_8));
        assertEquals(LISTINGS, run(there, elsewhere, eve, exported).unchanged());
        assertEquals(LISTINGS, run(here, database, ada, exported).unchanged());
    }

    private static byte[] export(Fixtures server, User owner) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new ListingExport(server.listings, owner).writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static ListingSheetReport run(Fixtures server, TestDatabase at, User owner, byte[] file) {
        CsvFile read = CsvFile.read(file, ListingSheet.MAX_ROWS);
        assertTrue(read.rows().size() <= ListingSheet.MAX_ROWS);
        return new ListingSheetImport(at.jdbi(), server.catalog, server.listings).run(owner, read, false);
    }

    /** Creates some parts here; those that have names there too. */
    private List<Part> parts(PartKind<?, ?> kind, Fixtures here, Fixtures there) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String input = part(kind).toString();
            parts.add(create(kind, here, input));
            if (kind != PartKind.RAM_SPEC && kind != PartKind.STORAGE_PROFILE) {
                create(kind, there, input);
            }
        }
        return parts;
    }

    private static <P extends Part, I extends Record & PartInput> P create(
            PartKind<P, I> kind, Fixtures server, String input) {
        return server.catalog.create(kind, Fixtures.input(kind.input(), input));
    }

    private ObjectNode part(PartKind<?, ?> kind) {
        ObjectNode part = Json.object();
        if (kind == PartKind.RAM_SPEC) {
            part.put("ddr_generation", oneOf("ddr3", "ddr4", "lpddr5x", "unknown", "hbm2"));
            part.put("speed_mhz", 1000 + names++);
            if (random.nextBoolean()) {
                part.put("module_count", 2).put("capacity_per_module_gb", 8);
            }
            return random.nextBoolean() ? part.put("total_capacity_gb", 16) : part;
        }
        if (kind == PartKind.STORAGE_PROFILE) {
            part.put("medium", oneOf("nvme", "sata_ssd", "hdd", "unknown"));
            part.put("capacity_gb", 100 + names++);
            if (random.nextBoolean()) {
                part.put("form_factor", oneOf("M.2", "2.5 in", "odd\n\"one\""));
            }
            return random.nextBoolean() ? part : part.put("interface", text(20)).put("label", "L" + names);
        }
        return part.put("name", text(40).strip() + " part " + random.nextLong() + " " + text(5));
    }

    private String oneOf(String... values) {
        return values[random.nextInt(values.length)];
    }

    /** Returns a random text that is not empty. */
    private String text(int maxLength) {
        StringBuilder text = new StringBuilder();
        do {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        } while (random.nextInt(4) > 0 && text.length() < maxLength - 10);
        return text.toString();
    }

    private ListingInput listing(List<List<Part>> parts) {
        ObjectNode listing = Json.object().put("title", "PC" + text(60));
        if (random.nextBoolean()) {
            listing.put("title", text(60) + "x" + text(60));
        }
        for (String name : List.of(
                "seller",
                "marketplace",
                "vendor_item_id",
                "device_model",
                "manufacturer",
                "series",
                "model_number",
                "form_factor",
                "notes")) {
            maybe(() -> listing.put(name, text(80)));
        }
        maybe(() -> listing.put("vendor_item_id", "00" + random.nextLong(1L << 60)));
        for (String name : List.of("listing_url", "thumbnail_url")) {
            maybe(() -> listing.put(name, "https://example.org/" + text(60).replaceAll("[\\s\\p{Z}\\x{FEFF}]", "%20")));
        }
        for (String name : List.of("price_usd", "adjusted_price_usd")) {
            maybe(() -> listing.put(name, BigDecimal.valueOf(random.nextInt(100_000_001), 2)));
        }
        for (String name : List.of("score_composite", "perf_per_watt")) {
            maybe(() -> listing.put(name, BigDecimal.valueOf(random.nextInt(1_000_000_001), 4)));
        }
        for (String name : List.of("ram_gb", "primary_storage_gb", "secondary_storage_gb")) {
            maybe(() -> listing.put(name, random.nextInt(65_537)));
        }
        maybe(() -> listing.put("price_date", time()));
        maybe(() -> listing.put("condition", oneOf("new", "refurb", "used")));
        maybe(() -> listing.put("status", oneOf("active", "archived", "pending")));
        maybe(() -> listing.set("attributes", attributes(3)));
        for (int i = 0; i < parts.size(); i++) {
            String key = ListingRelation.ALL.get(i).foreignKey();
            List<Part> kind = parts.get(i);
            maybe(() -> listing.put(key, kind.get(random.nextInt(kind.size())).id()));
        }
        return Fixtures.input(ListingInput.class, listing.toString());
    }

    private void maybe(Runnable change) {
        if (random.nextInt(3) > 0) {
            change.run();
        }
    }

    private String time() {
        return Instant.ofEpochSecond(random.nextLong(253_402_300_799L), random.nextInt(1_000_000) * 1000L)
                .toString();
    }

    private ObjectNode attributes(int depth) {
        ObjectNode object = Json.object();
        for (int i = 0; i < random.nextInt(4); i++) {
            String name = text(20);
            switch (random.nextInt(depth > 0 ? 6 : 4)) {
                case 0 -> object.put(name, text(30));
                case 1 -> object.put(name, BigDecimal.valueOf(random.nextLong(), random.nextInt(20)));
                case 2 -> object.put(name, random.nextBoolean());
                case 3 -> object.putNull(name);
                case 4 -> object.set(name, attributes(depth - 1));
                default -> array(object.putArray(name), depth - 1);
            }
        }
        return object;
    }

    private void array(ArrayNode array, int depth) {
        IntStream.range(0, random.nextInt(4)).forEach(_ -> array.add(attributes(depth)));
        array.add(IntStream.range(0, 3).mapToObj(_ -> text(5)).collect(Collectors.joining()));
    }
}
