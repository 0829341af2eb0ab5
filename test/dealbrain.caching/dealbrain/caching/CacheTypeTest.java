package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CacheTypeTest {
    private interface Older {
        /** A part. */
        record Part(String name) {}

        /** A record with parts. */
        record Whole(long id, List<Part> parts) {}
    }

    private interface Newer {
        /** A part with one more component. */
        record Part(String name, int cores) {}

        /** A record with these parts. */
        record Whole(long id, List<Part> parts) {}
    }

    private record Tree(String name, List<Tree> children) {}

    private record Numbers(long first, long second) {}

    private record SwappedPair(long second, long first) {}

    @Test
    void isEqualForTheSameType() {
        assertEquals(CacheType.of(Older.Whole.class), CacheType.of(Older.Whole.class));
    }

    @Test
    void differsByNestedComponents() {
        assertNotEquals(shape(Older.Whole.class), shape(Newer.Whole.class));
        assertNotEquals(shape(Numbers.class), shape(SwappedPair.class));
        assertNotEquals(shape(String.class), shape(Long.class));
    }

    @Test
    void differsBySourceAndRules() {
        assertNotEquals(
                CacheType.of(byte[].class, Older.Whole.class, "json").shape(),
                CacheType.of(byte[].class, Newer.Whole.class, "json").shape());
        assertNotEquals(
                CacheType.of(byte[].class, Older.Whole.class, "json").shape(),
                CacheType.of(byte[].class, Older.Whole.class, "html").shape());
    }

    @Test
    void supportsRecursiveRecords() {
        assertEquals(shape(Tree.class), shape(Tree.class));
    }

    private static String shape(Class<?> type) {
        return CacheType.of(type).shape();
    }
}
