package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.changes.Snapshot;
import dealbrain.changes.Stamp;
import dealbrain.testing.Await;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryLayerTest {
    private final CacheCounters counters = new CacheCounters();
    private final MemoryLayer memory = new MemoryLayer(1_000_000, System::currentTimeMillis, counters);

    @Test
    void isBoundedByBytes() {
        for (int i = 0; i < 500; i++) {
            memory.put("key" + i, entry(10_000));
        }
        Await.until("the excess is evicted", () -> memory.bytes() <= 1_000_000 && memory.entries() < 100);
        assertTrue(memory.entries() > 50);
        Await.until("the evictions are counted", () -> counters.evictions.sum() >= 400);
    }

    @Test
    void removesOnlyTheGivenEntry() {
        CacheEntry<String> older = entry(1);
        CacheEntry<String> newer = entry(1);
        memory.put("key", older);
        memory.put("key", newer);
        memory.remove("key", older);
        assertEquals(newer, memory.find("key"));
        memory.remove("key", newer);
        assertNull(memory.find("key"));
    }

    @Test
    void removesAndCountsMatchingKeys() {
        memory.put("a1", entry(1));
        memory.put("a2", entry(1));
        memory.put("b1", entry(1));
        memory.markAbsent("a3", "g");
        assertEquals(2, memory.removeAll(key -> key.startsWith("a")));
        assertNotNull(memory.find("b1"));
        assertFalse(memory.isAbsent("a3", "g"));
        assertTrue(memory.remove("b1"));
        assertFalse(memory.remove("b1"));
    }

    @Test
    void absentKeysAreBounded() {
        IntStream.range(0, 30_000).forEach(i -> memory.markAbsent("key" + i, "g"));
        Await.until(
                "the excess is evicted",
                () -> IntStream.range(0, 30_000)
                                .filter(i -> memory.isAbsent("key" + i, "g"))
                                .count()
                        <= 10_000);
        assertTrue(IntStream.range(0, 30_000).anyMatch(i -> memory.isAbsent("key" + i, "g")));
        assertEquals(0, memory.entries());
    }

    @Test
    void absentKeysBelongToAGeneration() {
        memory.markAbsent("key", "before");
        assertTrue(memory.isAbsent("key", "before"));
        assertFalse(memory.isAbsent("key", "after"));
    }

    private static CacheEntry<String> entry(int size) {
        return new CacheEntry<>(
                "value",
                "shape",
                new Stamp("g", Snapshot.parse("1:1:")),
                Set.of(),
                Long.MAX_VALUE / 2_000_000,
                0,
                size);
    }
}
