package dealbrain.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.database.Words;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The data set of {@link StoredBenchmark}, with few listings. */
class StoredDataTest {
    private static final int LISTINGS = 2000;

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static List<String> indexesBefore = List.of();

    @BeforeAll
    static void load() throws SQLException, IOException {
        indexesBefore = indexes();
        String script = Files.readString(Path.of("perf/dealbrain.perf/dealbrain/perf/stored.sql"));
        try (Connection connection = JdbcConnections.open(database.url());
                Statement statement = connection.createStatement()) {
            statement.execute("SET perf.listings = " + LISTINGS + ";\n" + script);
        }
    }

    private static List<String> indexes() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT indexdef FROM pg_indexes"
                                + " WHERE schemaname = current_schema() ORDER BY indexname, tablename")
                        .mapTo(String.class)
                        .list());
    }

    private static long count(String fromAndWhere) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + fromAndWhere)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void hasTheWordsThatTheApplicationWouldStore() {
        for (String table : List.of("listing_words", "collection_words", "cpu_words", "gpu_words")) {
            List<String> different = database.jdbi().withHandle(handle -> {
                List<String> texts = handle.createQuery("SELECT text FROM " + table + " ORDER BY id")
                        .mapTo(String.class)
                        .list();
                return handle.createQuery(
                                "SELECT stored.text FROM (SELECT text, words, row_number() OVER (ORDER BY id) AS n"
                                        + " FROM " + table + ") stored"
                                        + " JOIN unnest(:words) WITH ORDINALITY AS expected (words, n) USING (n)"
                                        + " WHERE stored.words IS DISTINCT FROM cast(expected.words AS tsvector)")
                        .bindArray(
                                "words",
                                String.class,
                                texts.stream().map(Words::vector).toList())
                        .mapTo(String.class)
                        .list();
            });

            assertEquals(List.of(), different, table);
        }
    }

    @Test
    void hasWordsPartsAndCollectionsOfKnownFrequency() {
        assertEquals(LISTINGS, count("listing_words WHERE words @@ 'pc'"));
        assertEquals(1, count("listing_words WHERE words @@ 'unobtainium'"));
        assertEquals(LISTINGS / 10, count("listing_words WHERE words @@ 'ddr3'"));
        assertEquals(1, count("listing WHERE cpu_id = 399"));
        assertEquals(10, count("listing WHERE cpu_id = 398"));
        assertEquals(0, count("listing WHERE cpu_id = 400"));
        assertEquals(LISTINGS * 12 / 100, count("listing WHERE status = 'archived'"));
        assertEquals(LISTINGS, count("collection_item WHERE collection_id = 1"));
        assertEquals(LISTINGS / 10, count("collection_item WHERE listing_id = " + LISTINGS));
    }

    @Test
    void leavesIndexesAndTriggersAsTheyWere() {
        assertEquals(indexesBefore, indexes());
        assertEquals(0, count("pg_trigger WHERE tgname = 'perf_words'"));
    }

    @Test
    void leavesNothingToTheJobsOfTheApplication() {
        assertEquals(0, count("outdated_words"));
        assertEquals(0, count("listing_words WHERE words IS NULL"));
        assertEquals(LISTINGS, count("listing_dollars"));
    }
}
