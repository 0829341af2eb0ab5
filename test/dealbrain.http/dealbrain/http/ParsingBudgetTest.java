package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.testing.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParsingBudgetTest {
    private final ParsingBudget budget = new ParsingBudget(100, 60);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    /** Starts to wait for bytes, which are released at once. Returns when the thread waits. */
    private Thread waitFor(String user, int bytes) {
        Thread thread = Thread.startVirtualThread(() -> {
            ParsingBudget.Claim claim = budget.acquire(user, bytes);
            order.add(user + " " + bytes);
            claim.close();
        });
        Await.until("the thread waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private static void join(Thread... threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void leavesARestForOtherUsers() throws InterruptedException {
        ParsingBudget.Claim first = budget.acquire("ada", 60);
        Thread waiting = waitFor("ada", 1);

        budget.acquire("bob", 40).close();

        assertEquals(List.of(), order);
        first.close();
        join(waiting);
        assertEquals(List.of("ada 1"), order);
    }

    @Test
    void countsMoreThanAShareAsAShare() {
        ParsingBudget.Claim all = budget.acquire("ada", 1000);

        budget.acquire("bob", 40).close();

        all.close();
        budget.acquire("ada", 1000).close();
    }

    @Test
    void servesInTheOrderOfArrival() throws InterruptedException {
        ParsingBudget.Claim ada = budget.acquire("ada", 50);
        ParsingBudget.Claim bob = budget.acquire("bob", 50);
        Thread large = waitFor("eve", 60);
        Thread small = waitFor("dan", 50); // fits when bob has closed, and not beside the large one

        bob.close();
        assertEquals(List.of(), order, "the small one does not overtake the large one");
        ada.close();
        join(large, small);

        assertEquals(List.of("eve 60", "dan 50"), order);
    }
}
