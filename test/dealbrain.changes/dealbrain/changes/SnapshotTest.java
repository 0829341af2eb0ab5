package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    @Nested
    class Parse {
        @ParameterizedTest
        @ValueSource(strings = {"10:10:", "10:20:12", "10:20:10,14,19", "9223372036854775806:9223372036854775807:"})
        void keepsTheText(String text) {
            Snapshot snapshot = Snapshot.parse(text);
            assertEquals(text, snapshot.toString());
            assertEquals(snapshot, Snapshot.parse(text));
            assertEquals(snapshot.hashCode(), Snapshot.parse(text).hashCode());
            assertNotEquals(snapshot, Snapshot.parse("1:1:"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "10",
                    "10:20",
                    "10:20:,",
                    "10:20:12,",
                    "a:20:",
                    "10:20:12 ",
                    "-1:20:",
                    "10:20:1a",
                    "10:99999999999999999999:"
                })
        void rejectsInvalidText(String text) {
            assertThrows(IllegalArgumentException.class, () -> Snapshot.parse(text));
        }
    }

    @Nested
    class Sees {
        private final Snapshot snapshot = Snapshot.parse("10:15:10,13");

        @Test
        void transactionsThatHadEnded() {
            assertEquals("1,9,11,12,14", seen(1, 9, 10, 11, 12, 13, 14, 15, 16));
        }

        @Test
        void allBeforeTheFirstThatHadNotEnded() {
            assertTrue(snapshot.seesAllBefore(10));
            assertFalse(snapshot.seesAllBefore(11));
            assertEquals(15, snapshot.xmax());
        }

        private String seen(long... transactions) {
            return String.join(
                    ",",
                    LongStream.of(transactions)
                            .filter(snapshot::sees)
                            .mapToObj(Long::toString)
                            .toList());
        }
    }
}
