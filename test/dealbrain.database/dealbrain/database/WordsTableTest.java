package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rows are written without words, as by servers of an older version. */
class WordsTableTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final WordsTable TABLE = new WordsTable("cpu", "name");

    @BeforeEach
    void empty() {
        execute("DELETE FROM cpu");
    }

    private static void execute(String sql) {
        database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    private static List<String> found(String search) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT name FROM cpu JOIN cpu_words USING (id) WHERE words @@ :words::tsquery"
                                        + " ORDER BY id")
                        .bind("words", Words.query(search))
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void addsMissingWords() {
        execute("INSERT INTO cpu (name) VALUES ('Core i5')");
        assertEquals(List.of(), found("core"));

        assertEquals(1, TABLE.fill(database.jdbi()));

        assertEquals(List.of("Core i5"), found("core"));
        assertEquals(0, TABLE.fill(database.jdbi()));
    }

    @Test
    void replacesWordsOfAChangedText() {
        execute("INSERT INTO cpu (name) VALUES ('Core i5')");
        TABLE.fill(database.jdbi());
        execute("UPDATE cpu SET name = 'Ryzen 5'");
        assertEquals(List.of(), found("core"));

        TABLE.fill(database.jdbi());

        assertEquals(List.of("Ryzen 5"), found("ryzen"));
    }

    @Test
    void keepsWordsWhenAnotherColumnChanges() {
        execute("INSERT INTO cpu (name) VALUES ('Core i5')");
        TABLE.fill(database.jdbi());
        execute("UPDATE cpu SET name = name, cores = 4");

        assertEquals(List.of("Core i5"), found("core"));
    }

    @Test
    void fillsEachRowOnceOnTwoInstances() {
        execute("INSERT INTO cpu (name) SELECT 'Core ' || n FROM generate_series(1, 3500) n");

        AtomicInteger filled = new AtomicInteger();
        Concurrently.run(2, _ -> filled.addAndGet(TABLE.fill(database.jdbi())));
        filled.addAndGet(TABLE.fill(database.jdbi())); // those that the other had locked

        assertEquals(3500, filled.get());
        assertEquals(3500, found("core").size());
    }

    @Test
    void writesWordsWithTheRow() {
        database.jdbi()
                .useHandle(handle -> handle.createQuery("WITH cpu AS (INSERT INTO cpu (name) VALUES ('Core i5')"
                                + " RETURNING *), " + TABLE.store("cpu") + " SELECT id FROM cpu")
                        .bind("words", "{\"Core i5\": \"'core' 'i5'\"}")
                        .mapTo(Long.class)
                        .one());

        assertEquals(List.of("Core i5"), found("core"));
    }

    @Test
    void losesTheWordsOfADeletedRow() {
        execute("INSERT INTO cpu (name) VALUES ('Core i5')");
        execute("DELETE FROM cpu");

        assertEquals(0, TABLE.fill(database.jdbi()));
    }
}
