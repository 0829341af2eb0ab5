package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.http.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private long nanos;
    private final FairQueue<String> queue = new FairQueue<>(() -> nanos);

    private void add(String network, String... elements) {
        for (String element : elements) {
            assertEquals(Optional.empty(), queue.add(network, element));
        }
    }

    private List<String> drain() {
        List<String> all = new ArrayList<>();
        for (Optional<String> next = queue.poll(); next.isPresent(); next = queue.poll()) {
            all.add(next.get());
        }
        return all;
    }

    private void fillFrom(String prefix) {
        for (int i = 0; i < FairQueue.CAPACITY; i++) {
            add(prefix + i, prefix + i);
        }
    }

    @Test
    void servesNetworksInTurnAndEachInItsOrder() {
        add("a", "a1", "a2", "a3");
        add("b", "b1", "b2");
        add("c", "c1");

        assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "a3"), drain());
    }

    @Test
    void servesANetworkWithoutRecentElementsBeforeAllOthers() {
        add("a", "a1", "a2");
        add("b", "b1", "b2");
        assertEquals(
                List.of("a1", "b1"),
                List.of(queue.poll().orElseThrow(), queue.poll().orElseThrow()));
        add("c", "c1");

        assertEquals(List.of("c1", "a2", "b2"), drain());
    }

    @Test
    void forgetsWhatWasServedMinutesAgo() {
        add("a", "a1", "a2", "a3");
        drain();
        add("a", "a4");
        nanos += Duration.ofMinutes(2).toNanos();
        add("b", "b1");

        assertEquals(List.of("a4", "b1"), drain());
    }

    @Test
    void rejectsANetworkThatHasTooManyAndNoOther() {
        for (int i = 0; i < FairQueue.NETWORK_CAPACITY; i++) {
            add("a", "a" + i);
        }

        ProblemException rejected = problem("too-many-requests", () -> queue.add("a", "one more"));

        assertEquals(429, rejected.type().status());
        add("b", "b1");
        assertEquals(List.of("a0", "b1", "a1"), drain().subList(0, 3));
    }

    @Test
    void displacesTheNetworkThatWasServedMostWhenItIsFull() {
        add("flood", "served");
        drain();
        fillFrom("flood");
        assertEquals("flood0", queue.poll().orElseThrow());
        add("flood", "last");

        assertEquals(Optional.of("last"), queue.add("new", "first"));
        assertEquals("flood1", queue.poll().orElseThrow());
    }

    @Test
    void isUnavailableWhenItIsFullOfNetworksThatWereServedNoMore() {
        fillFrom("a");

        problem("unavailable", () -> queue.add("b", "b1"));

        assertEquals(FairQueue.CAPACITY, drain().size());
    }
}
