package dealbrain.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.changes.Snapshot;
import dealbrain.testing.TestDatabase;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StandbySnapshotTest {
    private static final UUID ONE = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID TWO = UUID.fromString("00000000-0000-0000-0000-000000000002");

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Test
    void primaryHasASnapshotOnly() {
        StandbySnapshot read = StandbySnapshot.parse("10:20:12,14");

        assertEquals(Snapshot.parse("10:20:12,14"), read.snapshot());
        assertFalse(read.inRecovery());
        assertEquals(Optional.empty(), read.heartbeat(ONE));
    }

    @Test
    void standbyHasTheHeartbeatsOfAllInstances() {
        StandbySnapshot read = StandbySnapshot.parse("10:10:@" + TWO + " 7 71.1.5," + ONE + " 8 71.1.6");

        assertEquals(Snapshot.parse("10:10:"), read.snapshot());
        assertTrue(read.inRecovery());
        assertEquals(8, read.heartbeat(ONE).orElseThrow().beat());
        assertEquals("71.1.6", read.heartbeat(ONE).orElseThrow().generation());
        assertEquals("71.1.5", read.heartbeat(TWO).orElseThrow().generation());
    }

    @Test
    void standbyWithoutHeartbeatsHasNone() {
        StandbySnapshot read = StandbySnapshot.parse("10:10:@");

        assertTrue(read.inRecovery());
        assertEquals(Optional.empty(), read.heartbeat(ONE));
    }

    @Test
    void otherTextsAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> StandbySnapshot.parse(""));
        assertThrows(IllegalArgumentException.class, () -> StandbySnapshot.parse("@10:10:"));
    }

    @Test
    void expressionOfAPrimaryIsItsSnapshot() {
        String text = database.jdbi().onDemand(HeartbeatDao.class).snapshot();

        assertFalse(StandbySnapshot.parse(text).inRecovery());
    }
}
