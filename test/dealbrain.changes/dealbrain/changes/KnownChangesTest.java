package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.changes.ChangeDao.Change;
import dealbrain.testing.Concurrently;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KnownChangesTest {
    private static final Set<String> CPU = Set.of("cpu:1");
    private static final Snapshot LATER = Snapshot.parse("1000:1000:");

    private final KnownChanges known = new KnownChanges(100);

    @Test
    void nothingKnownIsSeenByAll() {
        assertTrue(known.areSeenIn(Snapshot.parse("1:1:"), CPU));
        assertTrue(known.areSeenIn(Snapshot.parse("1:1:"), Set.of()));
    }

    @Test
    void eachChangeOfATagMustBeSeen() {
        change("cpu:1", 10, 12);

        assertFalse(known.areSeenIn(Snapshot.parse("10:10:"), CPU));
        assertFalse(known.areSeenIn(Snapshot.parse("12:12:"), CPU));
        assertFalse(known.areSeenIn(Snapshot.parse("10:13:10"), CPU));
        assertTrue(known.areSeenIn(Snapshot.parse("11:13:11"), CPU));
        assertTrue(known.areSeenIn(Snapshot.parse("13:13:"), CPU));
    }

    @Test
    void changesOfOtherTagsDoNotMatter() {
        change("cpu:2", 10);

        assertTrue(known.areSeenIn(Snapshot.parse("5:5:"), CPU));
        assertFalse(known.areSeenIn(Snapshot.parse("5:5:"), Set.of("cpu:1", "cpu:2", "listing:3")));
    }

    @Test
    void aTransactionThatIsHeardOfAgainIsOne() {
        for (int i = 0; i < 20; i++) {
            change("cpu:1", 10);
        }

        assertTrue(known.areSeenIn(Snapshot.parse("5:11:5"), CPU));
        assertEquals(1, known.size());
    }

    @Nested
    class BeyondEight {
        @Test
        void eightAreKeptApart() {
            change("cpu:1", LongStream.rangeClosed(11, 18).toArray());

            assertTrue(known.areSeenIn(Snapshot.parse("5:19:5"), CPU));
            assertFalse(known.areSeenIn(Snapshot.parse("14:19:14"), CPU));
        }

        @Test
        void thereafterAllBeforeTheLastMustBeSeen() {
            change("cpu:1", 19, 18, 17, 16, 15, 14, 13, 12, 11);

            assertFalse(known.areSeenIn(Snapshot.parse("5:20:5"), CPU));
            assertFalse(known.areSeenIn(Snapshot.parse("19:20:19"), CPU));
            assertTrue(known.areSeenIn(Snapshot.parse("20:20:"), CPU));
        }

        @Test
        void oneThatBeganEarlyAndEndedLateIsNotForgotten() {
            change("cpu:1", LongStream.rangeClosed(11, 19).toArray());
            change("cpu:1", 5);

            assertFalse(known.areSeenIn(Snapshot.parse("5:20:5"), CPU));
            assertTrue(known.areSeenIn(Snapshot.parse("20:20:"), CPU));
        }

        @Test
        void newerOnesAreKeptApartAgain() {
            change("cpu:1", LongStream.rangeClosed(11, 19).toArray());
            change("cpu:1", 30);

            assertFalse(known.areSeenIn(Snapshot.parse("20:20:"), CPU));
            assertFalse(known.areSeenIn(Snapshot.parse("30:40:30"), CPU));
            assertTrue(known.areSeenIn(Snapshot.parse("25:40:25"), CPU));
        }
    }

    @Nested
    class PastTheBound {
        @Test
        void allIsForgottenAndWhatWasReadBeforeCountsAsChanged() {
            for (int i = 1; i <= 100; i++) {
                change("listing:" + i, 10);
            }
            assertEquals(100, known.size());
            assertTrue(known.areSeenIn(Snapshot.parse("5:5:"), CPU));

            known.add(List.of(new Change(11, "listing:101")), Snapshot.parse("12:12:"));

            assertEquals(0, known.size());
            assertFalse(known.areSeenIn(Snapshot.parse("11:11:"), CPU));
            assertFalse(known.areSeenIn(Snapshot.parse("11:11:"), Set.of()));
            assertTrue(known.areSeenIn(Snapshot.parse("12:12:"), Set.of("listing:101", "cpu:1")));
        }

        @Test
        void noReaderMissesAChangeMeanwhile() {
            KnownChanges few = new KnownChanges(3);
            few.add(List.of(new Change(10, "cpu:1")), Snapshot.parse("11:11:"));
            Snapshot old = Snapshot.parse("10:10:");

            List<String> outcomes = Concurrently.run(3, worker -> {
                for (int i = 0; i < 20_000; i++) {
                    if (worker == 0) {
                        few.add(
                                List.of(new Change(11 + i, "listing:" + i)),
                                Snapshot.parse((12 + i) + ":" + (12 + i) + ":"));
                    } else {
                        assertFalse(few.areSeenIn(old, CPU));
                    }
                }
            });

            assertEquals(List.of("ok", "ok", "ok"), outcomes);
        }
    }

    @Test
    void beginningAnewKnowsNothing() {
        change("cpu:1", 10);
        known.forgetAllBefore(0);

        assertTrue(known.areSeenIn(Snapshot.parse("1:1:"), CPU));
    }

    private void change(String tag, long... transactions) {
        known.add(
                LongStream.of(transactions)
                        .mapToObj(each -> new Change(each, tag))
                        .toList(),
                LATER);
    }
}
