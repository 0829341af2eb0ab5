package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordConstructorTest {
    record Primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h) {}

    record Mixed(long id, @Nullable String text, List<String> names, int[] numbers, Thread.State state) {}

    record Empty() {}

    record Checked(int value) {
        Checked {
            if (value < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    record Shared(int value) {}

    private record Hidden(int value) {}

    @Test
    void createsRecordsOfAllTypes() {
        assertEquals(
                new Primitives(true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d),
                new RecordConstructor(Primitives.class)
                        .create(new @Nullable Object[] {true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d}));
        int[] numbers = {1};
        assertEquals(
                new Mixed(3, null, List.of("a"), numbers, Thread.State.NEW),
                new RecordConstructor(Mixed.class)
                        .create(new @Nullable Object[] {3L, null, List.of("a"), numbers, Thread.State.NEW}));
        assertEquals(new Empty(), new RecordConstructor(Empty.class).create(new @Nullable Object[0]));
    }

    @Test
    void throwsWhatTheConstructorThrows() {
        RecordConstructor constructor = new RecordConstructor(Checked.class);
        assertEquals(
                "negative",
                assertThrows(IllegalArgumentException.class, () -> constructor.create(new @Nullable Object[] {-1}))
                        .getMessage());
    }

    @Test
    void rejectsValuesOfOtherTypes() {
        RecordConstructor constructor = new RecordConstructor(Checked.class);
        assertThrows(NullPointerException.class, () -> constructor.create(new @Nullable Object[] {null}));
        assertThrows(ClassCastException.class, () -> constructor.create(new @Nullable Object[] {1L}));
    }

    @Test
    void rejectsPrivateRecordsAndClosedPackages() {
        RecordConstructor hidden = new RecordConstructor(Hidden.class);
        String message = assertThrows(IllegalStateException.class, () -> hidden.create(new @Nullable Object[] {1}))
                .getMessage();
        assertTrue(message.endsWith("Hidden must not be private"), message);
        RecordConstructor closed = new RecordConstructor(Thread.class);
        message = assertThrows(IllegalStateException.class, () -> closed.create(new @Nullable Object[0]))
                .getMessage();
        assertEquals("java.lang.Thread must be open to dealbrain.database", message);
    }

    @Test
    void generatesOneClassForAllConstructorsAndThreads() {
        List<Shared> created = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> (Shared) new RecordConstructor(Shared.class).create(new @Nullable Object[] {i}))
                .toList();
        assertEquals(IntStream.range(0, 64).mapToObj(Shared::new).toList(), created);
        assertSame(Shared.class, created.getFirst().getClass());
    }
}
