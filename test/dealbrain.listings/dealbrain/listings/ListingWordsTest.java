package dealbrain.listings;

import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.PartKind;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words find a listing, and when they are replaced. */
class ListingWordsTest extends ListingFixture {
    private Cpu cpu;
    private Listing desktop;

    @BeforeEach
    void desktop() {
        update("DELETE FROM listing");
        update("DELETE FROM outdated_words");
        cpu = fixtures.part(PartKind.CPU, "{\"name\": \"Intel Core i5-12500T #%1$d\"}");
        desktop = listings.create(ada, plain("""
                {"title": "Büro-PC, kaum benutzt 中古品", "device_model": "OptiPlex 3060", "manufacturer": "Dell",
                 "series": "Настольный", "cpu_id": %d, "gpu_id": %d}
                """.formatted(
                        cpu.id(),
                        fixtures.part(PartKind.GPU, "{\"name\": \"Radeon %1$d RX6400\"}")
                                .id())));
    }

    private List<Long> found(String q) {
        return listings
                .search(
                        ada,
                        new ListingQuery(
                                q,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                ListingOrder.NEWEST,
                                20,
                                0,
                                null,
                                CountMode.LIMITED))
                .items()
                .stream()
                .map(Listing::id)
                .toList();
    }

    private void assertFound(String q) {
        assertEquals(List.of(desktop.id()), found(q), q);
    }

    private void assertNotFound(String q) {
        assertEquals(List.of(), found(q), q);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "büro",
                "buro",
                "BÜRO",
                "ｂüｒｏ",
                "opti",
                "OptiPlex 3060",
                "dell optiplex",
                "12500",
                "i5-12500T",
                "i5 12500",
                "core i5 dell",
                "rx6400",
                "настольный",
                "НАСТОЛЬН",
                "中古",
                "古品",
                "büro i5 radeon"
            })
    void areThoseOfTitleDeviceMakerSeriesAndNamesOfParts(String q) {
        assertFound(q);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plex", "2500", "dell nvidia", "中品", "status:active", "active", "cpu:1"})
    void areNotPartsOfWordsNorValuesOfFilters(String q) {
        assertNotFound(q);
    }

    @Nested
    class Change {
        @Test
        void replacesThemAtOnce() {
            listings.update(
                    ada,
                    desktop.id(),
                    IfMatch.ANY,
                    input -> with(input, "{\"series\": \"Precision\", \"cpu_id\": null}"));

            assertFound("precision");
            assertNotFound("12500");
            assertEquals(0, listings.fillWords());
        }

        @Test
        void ofThePriceKeepsThem() {
            listings.update(ada, desktop.id(), IfMatch.ANY, input -> with(input, "{\"price_usd\": 75}"));

            assertFound("büro 12500");
            assertEquals(0, listings.fillWords());
        }

        @Test
        void byAnotherProgramReplacesThemSoon() {
            update("UPDATE listing SET title = 'Werkstatt' WHERE id = " + desktop.id());
            assertFound("büro");

            assertEquals(1, listings.fillWords());

            assertFound("werkstatt 12500");
            assertNotFound("büro");
            assertEquals(0, listings.fillWords());
        }

        @Test
        void ofTheNameOfAPartReplacesThemSoon() {
            update("UPDATE cpu SET name = 'Ryzen 5650G " + cpu.id() + "' WHERE id = " + cpu.id());
            assertFound("12500");

            assertEquals(1, listings.fillWords());

            assertFound("ryzen büro");
            assertNotFound("12500");
        }
    }

    /** The statements of the version before, which knows the title only, and writes it with each change. */
    @Nested
    class OfAnOlderServer {
        private void write(String listing, String word) {
            update("""
                    WITH l AS (%s RETURNING id, title)
                    INSERT INTO listing_words (id, text, words) SELECT id, title, '%s' FROM l
                    ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = excluded.words
                      WHERE listing_words.text <> excluded.text OR listing_words.words IS NULL
                    """.formatted(listing, word));
        }

        @Test
        void areCompletedSoon() {
            write(
                    "INSERT INTO listing (owner_id, title, cpu_id) VALUES (%d, 'Neuling', %d)"
                            .formatted(ada.id(), cpu.id()),
                    "neuling");
            assertEquals(1, found("neuling").size());
            assertNotFound("neuling 12500");

            listings.fillWords();

            assertEquals(1, found("neuling 12500").size());
        }

        @Test
        void areCompletedAfterAChangeThatIsNotInTheWords() {
            write("UPDATE listing SET notes = 'ask', row_version = row_version + 1 WHERE id = " + desktop.id(), "buro");
            assertNotFound("büro 12500");

            assertEquals(1, listings.fillWords());

            assertFound("büro настольный 12500");
        }
    }

    @Test
    void areReplacedAfterThoseOfManyDeletedListings() {
        update("INSERT INTO outdated_words (listing_id) SELECT -1 FROM generate_series(1, 1000)");
        update("UPDATE listing SET title = 'Werkstatt' WHERE id = " + desktop.id());

        assertEquals(1, listings.fillWords());

        assertFound("werkstatt");
        assertEquals(0, count("SELECT count(*) FROM outdated_words"));
    }

    @Test
    void ofADeletedListingAreDeleted() {
        update("UPDATE listing SET title = 'Werkstatt' WHERE id = " + desktop.id());
        listings.delete(ada, desktop.id(), IfMatch.ANY);

        assertEquals(0, listings.fillWords());
        assertTrue(found("werkstatt").isEmpty());
        assertEquals(0, count("SELECT count(*) FROM listing_words"));
    }
}
