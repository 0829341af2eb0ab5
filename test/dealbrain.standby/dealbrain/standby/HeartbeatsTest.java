package dealbrain.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dealbrain.changes.ChangeLog;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeartbeatsTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final Heartbeats one = new Heartbeats(database.jdbi(), nanoTime::get);
    private final Heartbeats two = new Heartbeats(database.jdbi(), nanoTime::get);

    @BeforeEach
    void deleteAll() {
        database.jdbi().useHandle(handle -> handle.execute("DELETE FROM change_heartbeat"));
    }

    private static List<String> rows() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT concat_ws(' ', instance, beat) FROM change_heartbeat ORDER BY beat")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void eachInstanceHasOneRowWithItsLatestBeat() {
        two.write();
        one.write();
        one.write();

        assertNotEquals(one.instance(), two.instance());
        assertEquals(List.of(two.instance() + " 1", one.instance() + " 2"), rows());
        one.delete();
        assertEquals(List.of(two.instance() + " 1"), rows());
    }

    @Test
    void rowHasTheGenerationOfTheServer() {
        one.write();
        try (ChangeLog changes = ChangeLog.open(database.jdbi(), database.jdbi(), ChangeLog.LEASE)) {
            one.write();
            String stored = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT generation FROM change_heartbeat")
                            .mapTo(String.class)
                            .one());
            assertEquals(changes.view().generation(), stored);
        }
    }

    @Test
    void firstBeatOfAGenerationDeletesRowsOfOthers() {
        two.write();
        database.jdbi().useHandle(handle -> handle.execute("UPDATE change_heartbeat SET generation = 'earlier'"));

        one.write();

        assertEquals(List.of(one.instance() + " 1"), rows());
        two.write();
        assertEquals(List.of(one.instance() + " 1", two.instance() + " 2"), rows(), "its next beat writes it again");
    }

    @Test
    void rowsOfInstancesThatHaveEndedAreDeletedOncePerMinute() {
        one.write();
        two.write();
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE change_heartbeat SET written_at = now() - interval '2 hours' WHERE instance = ?",
                        two.instance()));
        for (int beat = 2; beat < 60; beat++) {
            one.write();
        }
        assertEquals(2, rows().size());

        one.write();

        assertEquals(List.of(one.instance() + " 60"), rows());
    }

    @Test
    void ageCountsFromTheBeatAndLagFromTheNextOne() {
        nanoTime.set(0);
        one.write();
        nanoTime.set(1_000);
        one.write();
        nanoTime.set(1_500);

        assertEquals(Optional.of(Duration.ofNanos(1_500)), one.age(1));
        assertEquals(Duration.ofNanos(500), one.lag(1));
        assertEquals(Optional.of(Duration.ofNanos(500)), one.age(2));
        assertEquals(Duration.ZERO, one.lag(2));
        assertEquals(Optional.empty(), one.age(3));
    }
}
