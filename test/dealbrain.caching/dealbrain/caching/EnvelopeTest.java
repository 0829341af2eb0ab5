package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.changes.Snapshot;
import dealbrain.changes.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final CacheType<Thing> THING = CacheType.of(Thing.class);
    private static final Stamp STAMP = new Stamp("77.00000001.5.16999", Snapshot.parse("900:1002:900,1000"));

    /** A cached value. */
    record Thing(String name, byte[] body) {}

    @Test
    void readsWhatWasWritten() throws Envelope.UnreadableException {
        CacheEntry<Thing> read = Envelope.read(written(new Thing("café", new byte[] {0, -1, 10})), THING)
                .orElseThrow();

        assertEquals("café", read.value().name());
        assertArrayEquals(new byte[] {0, -1, 10}, read.value().body());
        assertEquals(STAMP, read.stamp());
        assertEquals(Set.of("cpu:1", "listing:2"), read.tags());
        assertEquals(123_456, read.expiresAtMillis());
        assertEquals(7, read.loadMillis());
        assertEquals(THING.shape(), read.shape());
    }

    @Test
    void beginsWithTheHeader() {
        String head = new String(written(new Thing("", new byte[0])), 0, 41, StandardCharsets.US_ASCII);
        assertEquals("00000000000000001002 77.00000001.5.16999\n", head);
        assertEquals("00000000000000001002", Envelope.order(STAMP));
    }

    @Test
    void byteArraysAreNotEncoded() {
        int overhead = written(new Thing("", new byte[0])).length;
        assertTrue(written(new Thing("", new byte[10_000])).length < overhead + 10_000 + 20);
    }

    @Test
    void anotherShapeIsEmpty() throws Envelope.UnreadableException {
        assertEquals(Optional.empty(), Envelope.read(written(new Thing("", new byte[0])), CacheType.of(String.class)));
    }

    @Test
    void truncatedEntriesAreUnreadable() {
        byte[] whole = written(new Thing("name", new byte[40]));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(
                    Envelope.UnreadableException.class, () -> Envelope.read(part, THING), () -> part.length + " bytes");
        }
    }

    @Test
    void corruptedEntriesThrowNothingElse() {
        byte[] whole = written(new Thing("name", new byte[40]));
        Random random = new Random(1);
        int unreadable = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] corrupted = whole.clone();
            for (int k = 0; k < 3; k++) {
                corrupted[random.nextInt(corrupted.length)] = (byte) random.nextInt();
            }
            try {
                Envelope.read(corrupted, THING);
            } catch (Envelope.UnreadableException _) {
                unreadable++;
            }
        }
        assertTrue(unreadable > 500, () -> "corruption was not detected");
    }

    @Test
    void rejectsTypesThatJacksonCannotWrite() {
        assertThrows(IllegalArgumentException.class, () -> Envelope.value(new Object()));
    }

    private static byte[] written(Thing thing) {
        byte[] value = Envelope.value(thing);
        return Envelope.write(
                new CacheEntry<>(thing, THING.shape(), STAMP, Set.of("cpu:1", "listing:2"), 123_456, 7, value.length),
                value);
    }
}
