package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

        private String seen(long... transactions) {
            return String.join(
                    ",",
                    LongStream.of(transactions)
                            .filter(snapshot::sees)
                            .mapToObj(Long::toString)
                            .toList());
        }
    }

    @Nested
    class Contains {
        @ParameterizedTest
        @CsvSource({
            "10:10:, 10:10:, true",
            "10:10:, 11:11:, false", // 10 had ended for the other
            "11:11:, 10:10:, true",
            "10:20:10, 10:15:10, true", // the same transaction is still open
            "10:20:10, 11:15:, false", // it had ended for the other
            "15:20:15, 10:15:10, true", // it started after the other
            "'11:20:12', '10:15:10,12', true",
            "'12:20:12,14', '10:15:10,12', false",
            "10:15:10, 10:20:10, false" // the other sees later ones
        })
        void everythingThatTheOtherSees(String snapshot, String other, boolean expected) {
            assertEquals(expected, Snapshot.parse(snapshot).contains(Snapshot.parse(other)));
        }

        @Test
        void everyEarlierSnapshotOfTheSameDatabase() {
            Random random = new Random(7);
            List<Snapshot> taken = new ArrayList<>();
            TreeSet<Long> open = new TreeSet<>();
            for (long next = 1; next < 500; next++) {
                open.add(next);
                open.removeIf(_ -> random.nextInt(4) == 0);
                String list =
                        String.join(",", open.stream().map(String::valueOf).toList());
                taken.add(Snapshot.parse((open.isEmpty() ? next + 1 : open.first()) + ":" + (next + 1) + ":" + list));
            }
            for (int later = 0; later < taken.size(); later++) {
                for (int earlier = 0; earlier <= later; earlier++) {
                    assertTrue(taken.get(later).contains(taken.get(earlier)));
                }
            }
        }
    }
}
