package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionWaitTest {
    private static final int SLOW_MILLIS = 50;

    private final List<Long> allowed = new ArrayList<>();

    /** Has none, and is slow to say so. */
    private Connection none(long millis) throws SQLException {
        allowed.add(millis);
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(millis, SLOW_MILLIS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new SQLTransientConnectionException("none");
    }

    private void ask() {
        assertThrows(SQLTransientConnectionException.class, () -> ConnectionWait.connection(this::none));
    }

    @Test
    void isOneForAllConnectionsThatAPieceOfWorkNeeds() {
        ConnectionWait.limited(() -> {
            ask();
            ask();
            return null;
        });
        assertEquals(3000, allowed.getFirst());
        assertTrue(allowed.getLast() <= 3000 - SLOW_MILLIS, allowed.toString());
    }

    @Test
    void endsButLeavesWhatIsFree() {
        ConnectionWait.limited(() -> {
            for (int i = 0; i <= 3000 / SLOW_MILLIS; i++) {
                ask();
            }
            return null;
        });
        assertEquals(1, allowed.getLast());
    }

    @Test
    void isWholeForEachConnectionOutsideOfAny() {
        ask();
        ask();
        assertEquals(List.of(3000L, 3000L), allowed);
    }
}
