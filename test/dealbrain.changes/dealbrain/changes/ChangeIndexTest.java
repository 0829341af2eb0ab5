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

class ChangeIndexTest {
    private static final Set<String> CPU = Set.of("cpu:1");
    private static final Snapshot LATER = Snapshot.parse("1000:1000:");

    private final ChangeIndex index = new ChangeIndex(100);

    @Test
    void withoutChangesEverySnapshotIsCurrent() {
        assertTrue(index.areVisibleIn(Snapshot.parse("1:1:"), CPU));
        assertTrue(index.areVisibleIn(Snapshot.parse("1:1:"), Set.of()));
    }

    @Test
    void eachChangeOfATagMustBeVisible() {
        change("cpu:1", 10, 12);

        assertFalse(index.areVisibleIn(Snapshot.parse("10:10:"), CPU));
        assertFalse(index.areVisibleIn(Snapshot.parse("12:12:"), CPU));
        assertFalse(index.areVisibleIn(Snapshot.parse("10:13:10"), CPU));
        assertTrue(index.areVisibleIn(Snapshot.parse("11:13:11"), CPU));
        assertTrue(index.areVisibleIn(Snapshot.parse("13:13:"), CPU));
    }

    @Test
    void changesOfOtherTagsDoNotMatter() {
        change("cpu:2", 10);

        assertTrue(index.areVisibleIn(Snapshot.parse("5:5:"), CPU));
        assertFalse(index.areVisibleIn(Snapshot.parse("5:5:"), Set.of("cpu:1", "cpu:2", "listing:3")));
    }

    @Test
    void repeatedTransactionCountsOnce() {
        for (int i = 0; i < 20; i++) {
            change("cpu:1", 10);
        }

        assertTrue(index.areVisibleIn(Snapshot.parse("5:11:5"), CPU));
        assertEquals(1, index.size());
    }

    @Nested
    class ManyTransactionsOfATag {
        @Test
        void upToEightAreStoredIndividually() {
            change("cpu:1", LongStream.rangeClosed(11, 18).toArray());

            assertTrue(index.areVisibleIn(Snapshot.parse("5:19:5"), CPU));
            assertFalse(index.areVisibleIn(Snapshot.parse("14:19:14"), CPU));
        }

        @Test
        void beyondEightAllBeforeTheLastMustBeVisible() {
            change("cpu:1", 19, 18, 17, 16, 15, 14, 13, 12, 11);

            assertFalse(index.areVisibleIn(Snapshot.parse("5:20:5"), CPU));
            assertFalse(index.areVisibleIn(Snapshot.parse("19:20:19"), CPU));
            assertTrue(index.areVisibleIn(Snapshot.parse("20:20:"), CPU));
        }

        @Test
        void transactionThatBeganEarlyAndCommittedLateIsCovered() {
            change("cpu:1", LongStream.rangeClosed(11, 19).toArray());
            change("cpu:1", 5);

            assertFalse(index.areVisibleIn(Snapshot.parse("5:20:5"), CPU));
            assertTrue(index.areVisibleIn(Snapshot.parse("20:20:"), CPU));
        }

        @Test
        void newerTransactionsAreStoredIndividuallyAgain() {
            change("cpu:1", LongStream.rangeClosed(11, 19).toArray());
            change("cpu:1", 30);

            assertFalse(index.areVisibleIn(Snapshot.parse("20:20:"), CPU));
            assertFalse(index.areVisibleIn(Snapshot.parse("30:40:30"), CPU));
            assertTrue(index.areVisibleIn(Snapshot.parse("25:40:25"), CPU));
        }
    }

    @Nested
    class BeyondTheBound {
        @Test
        void allIsDiscardedAndEarlierSnapshotsAreNotCurrent() {
            for (int i = 1; i <= 100; i++) {
                change("listing:" + i, 10);
            }
            assertEquals(100, index.size());
            assertTrue(index.areVisibleIn(Snapshot.parse("5:5:"), CPU));

            index.add(List.of(new Change(11, "listing:101")), Snapshot.parse("12:12:"));

            assertEquals(0, index.size());
            assertFalse(index.areVisibleIn(Snapshot.parse("11:11:"), CPU));
            assertFalse(index.areVisibleIn(Snapshot.parse("11:11:"), Set.of()));
            assertTrue(index.areVisibleIn(Snapshot.parse("12:12:"), Set.of("listing:101", "cpu:1")));
        }

        @Test
        void concurrentReadersMissNoChange() {
            ChangeIndex small = new ChangeIndex(3);
            small.add(List.of(new Change(10, "cpu:1")), Snapshot.parse("11:11:"));
            Snapshot old = Snapshot.parse("10:10:");

            List<String> outcomes = Concurrently.run(3, worker -> {
                for (int i = 0; i < 20_000; i++) {
                    if (worker == 0) {
                        small.add(
                                List.of(new Change(11 + i, "listing:" + i)),
                                Snapshot.parse((12 + i) + ":" + (12 + i) + ":"));
                    } else {
                        assertFalse(small.areVisibleIn(old, CPU));
                    }
                }
            });

            assertEquals(List.of("ok", "ok", "ok"), outcomes);
        }
    }

    @Test
    void discardingLeavesNoChanges() {
        change("cpu:1", 10);
        index.discardAllBefore(0);

        assertTrue(index.areVisibleIn(Snapshot.parse("1:1:"), CPU));
    }

    private void change(String tag, long... transactions) {
        index.add(
                LongStream.of(transactions)
                        .mapToObj(each -> new Change(each, tag))
                        .toList(),
                LATER);
    }
}
