package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionBudgetTest {
    private static final long TOTAL = TimeUnit.SECONDS.toNanos(3);

    @Test
    void isOneForAllConnectionsOfTheWork() {
        ConnectionBudget.call(() -> {
            ConnectionBudget budget = ConnectionBudget.current();
            budget.spend(TOTAL / 3);
            assertSame(budget, ConnectionBudget.current());
            assertEquals(TOTAL - TOTAL / 3, budget.leftNanos());
            return null;
        });
    }

    @Test
    void isNewForEachWork() {
        ConnectionBudget first = ConnectionBudget.call(ConnectionBudget::current);
        first.spend(TOTAL);
        assertEquals(
                TOTAL, ConnectionBudget.call(() -> ConnectionBudget.current().leftNanos()));
    }

    @Test
    void isNewForEachConnectionOutsideOfWork() {
        assertNotSame(ConnectionBudget.current(), ConnectionBudget.current());
        assertEquals(TOTAL, ConnectionBudget.current().leftNanos());
    }
}
