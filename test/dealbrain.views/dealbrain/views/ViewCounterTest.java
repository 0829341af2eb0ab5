package dealbrain.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ViewCounterTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static Jdbi jdbi;

    private final Views views = new Views(jdbi, _ -> {});
    private final ViewCounter counter = views.counter("thing");

    @BeforeAll
    static void createTable() {
        jdbi = database.jdbi();
        StatementCounter.listenTo(jdbi);
        jdbi.useHandle(handle -> handle.execute(
                "CREATE TABLE thing (id bigint, view_count bigint DEFAULT 0, crawler_count bigint DEFAULT 0)"));
    }

    @BeforeEach
    void insertThings() {
        jdbi.useHandle(handle -> handle.execute("TRUNCATE thing; INSERT INTO thing (id) VALUES (1), (2), (3)"));
    }

    private static long stored(String column, long id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + column + " FROM thing WHERE id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void countsExactlyDuringConcurrentFlushes() {
        Concurrently.run(8, worker -> {
            for (int i = 0; i < 50; i++) {
                counter.count(Visitor.PERSON, 1);
                if (i % 10 == worker) {
                    views.flush();
                }
            }
        });
        views.close();

        assertEquals(400, stored("view_count", 1));
        assertEquals(400, views.written());
        assertEquals(0, views.pending());
    }

    @Test
    void writesOneStatementForManyViewsOfManyThings() {
        for (int i = 0; i < 1000; i++) {
            counter.count(Visitor.PERSON, 1 + i % 3);
        }

        assertEquals(1, StatementCounter.count(views::flush));
        assertEquals(0, StatementCounter.count(views::flush));
        assertEquals(334, stored("view_count", 1));
        assertEquals(1, views.flushes());
    }

    @Test
    void countsCrawlersSeparatelyAndIgnoresHeadRequests() {
        counter.count(Visitor.CRAWLER, 1);
        counter.count(Visitor.NONE, 1);
        views.flush();

        assertEquals(0, stored("view_count", 1));
        assertEquals(1, stored("crawler_count", 1));
    }

    @Test
    void retriesViewsThatCouldNotBeWritten() {
        counter.count(Visitor.PERSON, 2);
        jdbi.useHandle(handle -> handle.execute("ALTER TABLE thing RENAME TO missing"));
        assertThrows(StatementException.class, views::flush);
        jdbi.useHandle(handle -> handle.execute("ALTER TABLE missing RENAME TO thing"));
        counter.count(Visitor.PERSON, 2);

        views.flush();

        assertEquals(2, stored("view_count", 2));
    }

    @Test
    void ignoresRowsThatWereDeleted() {
        counter.count(Visitor.PERSON, 1);
        counter.count(Visitor.PERSON, 4);

        views.flush();

        assertEquals(1, stored("view_count", 1));
        assertEquals(0, views.pending());
    }

    @Test
    void neverDecreasesATotal() {
        counter.count(Visitor.PERSON, 3);
        views.flush();
        views.receive("THING 3=7 4=2");
        views.receive("THING 3=5");

        assertEquals(7, counter.total(1, 3));
        assertEquals(9, counter.total(9, 3));
        assertEquals(2, counter.total(0, 4));
        assertEquals(5, counter.total(5, 5));
    }
}
