package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.Chromium;
import dealbrain.testing.Person;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a collection in a real browser: the size of its table, dragging rows, and importing a file. */
@Tag("faults")
@Timeout(600)
class WorkspaceInChromiumTest {
    private static final List<String> CASES = List.of("Micro", "Tower", "Mini", "SFF");
    private static final List<String> CONDITIONS = List.of("used", "new", "refurb", "used");

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    @TempDir
    private Path folder;

    private final Person person = Person.signUp(application.api(), "ada");
    private long collection;

    @BeforeAll
    static void addParts() {
        Api admin = application.admin();
        for (int i = 0; i < CASES.size(); i++) {
            admin.post("/api/v1/catalog/cpus", """
                    {"name": "Intel Core i5-1050%dT", "cpu_mark_multi": %d}
                    """.formatted(i, 12_345 + i));
            admin.post("/api/v1/catalog/gpus", """
                    {"name": "NVIDIA GeForce GTX 165%d"}
                    """.formatted(i));
        }
    }

    /** Four deals, each of which has another value in each column. */
    @BeforeEach
    void collectDeals() {
        collection = person.collection("Lab");
        List<Long> deals = IntStream.range(0, CASES.size()).mapToObj(this::deal).toList();
        person.api().post("/api/v1/collections/" + collection + "/items/bulk", "{\"listing_ids\": " + deals + "}");
    }

    private long deal(int i) {
        return person.api()
                .post("/api/v1/listings", """
                        {"title": "Deal %1$s: Lenovo M70q Tiny", "price_usd": 1%1$s49.90, "condition": "%2$s",
                         "form_factor": "%3$s", "cpu": "i5-1050%1$sT", "gpu": "GTX 165%1$s", "ram_spec": "%4$s GB DDR4-3200",
                         "primary_storage_profile": "%5$s GB NVMe", "adjusted_price_usd": 1%1$s20.50,
                         "score_composite": 7%1$s.5}
                        """.formatted(i, CONDITIONS.get(i), CASES.get(i), 8 << i, 256 << i))
                .json()
                .path("id")
                .asLong();
    }

    private Chromium open(boolean scripts, int width) {
        Chromium chromium = Chromium.open(application.api().url(), scripts);
        chromium.screen(width, 900, false);
        chromium.open("/sign-in?next=/collections/" + collection);
        chromium.type("username", person.username());
        chromium.type("password", Person.PASSWORD);
        chromium.clickOn("main button");
        return chromium;
    }

    @Test
    void showsAllColumnsWithoutScrollingSideways() {
        try (Chromium chromium = open(true, 1280)) {
            assertEquals(13, chromium.count("thead th"), chromium.text());
            chromium.save(Path.of("build", "pages", "workspace-1280.png"));
            assertEquals(0, chromium.overflow(".scroll"), "pixels that are hidden");
            assertEquals(0, chromium.overflow());
            assertEquals(List.of(), chromium.violations());
        }
    }

    @Test
    void showsFourLinesOfEachDealOnAPhone() {
        try (Chromium chromium = open(true, 360)) {
            chromium.save(Path.of("build", "pages", "workspace-360.png"));
            assertEquals(0, chromium.overflow());
            long height = chromium.height("tbody tr:last-child");
            assertTrue(height <= 145, "the card is " + height + " pixels high");
            assertEquals(List.of(), chromium.violations());
        }
    }

    private List<String> titles() {
        return person.titles(collection).stream()
                .map(title -> title.substring(0, 6))
                .toList();
    }

    @Test
    void movesARowByDraggingIt() {
        try (Chromium chromium = open(true, 1280)) {
            chromium.drag("tbody tr:nth-child(4)", "tbody tr:nth-child(2)");
            Await.until("the row is moved", () -> titles().get(1).equals("Deal 3"));
            assertEquals(List.of("Deal 0", "Deal 3", "Deal 1", "Deal 2"), titles());
            Await.until("the page shows it", () -> chromium.has("tr :target"));
            chromium.drag("tbody tr:nth-child(4)", "h1"); // a drop outside of the table moves nothing
            chromium.drag("tbody tr:nth-child(1)", "tbody tr:nth-child(3)");
            Await.until("the row is moved", () -> titles().get(2).equals("Deal 0"));
            assertEquals(List.of("Deal 3", "Deal 1", "Deal 0", "Deal 2"), titles());
        }
    }

    @Test
    void movesARowByItsButtonWithoutScripts() {
        try (Chromium chromium = open(false, 1280)) {
            assertEquals(0, chromium.count("tr[draggable]"));
            chromium.clickOn("tbody tr:nth-child(1) button[title='Move down']");
            assertEquals(List.of("Deal 1", "Deal 0", "Deal 2", "Deal 3"), titles());
        }
    }

    @Test
    void dragsNoRowOfASortedTable() {
        try (Chromium chromium = open(true, 1280)) {
            assertEquals(4, chromium.count("tr[draggable]"));
            chromium.click("Price");
            assertEquals(0, chromium.count("tr[draggable]"));
        }
    }

    @Test
    void importsAFileThatIsChosen() throws IOException {
        Path file = Files.writeString(folder.resolve("offers.csv"), "Titel;Preis\nHP EliteDesk 800 G4;149,50\n");
        try (Chromium chromium = open(true, 1280)) {
            chromium.open("/collections/import?collection_id=" + collection);
            chromium.upload(file);
            Await.until("the file is read", () -> chromium.value("file").contains("HP EliteDesk"));
            chromium.clickOn("main button");
            assertEquals("HP EliteDesk 800 G4", person.titles(collection).getLast());
        }
    }
}
