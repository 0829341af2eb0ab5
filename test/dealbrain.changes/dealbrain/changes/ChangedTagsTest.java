package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.changes.ChangeDao.Change;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangedTagsTest {
    private static final Set<String> TAGS = Set.of("cpu:1", "listing:17");
    private static final Snapshot EARLY = Snapshot.parse("10:10:");
    private static final Snapshot LATE = Snapshot.parse("20:20:");

    private final ChangedTags changed = new ChangedTags();

    @Test
    void withoutChangesEverySnapshotIsCurrent() {
        assertTrue(changed.areVisibleIn(Snapshot.parse("1:1:"), TAGS));
        assertEquals(0, changed.size());
    }

    @Test
    void snapshotMustContainThePositionOfEachTag() {
        add(LATE, "cpu:1");

        assertFalse(changed.areVisibleIn(EARLY, TAGS));
        assertTrue(changed.areVisibleIn(EARLY, Set.of("cpu:2", "cpu:10", "gpu:1")));
        assertTrue(changed.areVisibleIn(LATE, TAGS));
        assertFalse(changed.areVisibleIn(Snapshot.parse("15:30:15"), TAGS));
    }

    @Test
    void laterChangeOfATagReplacesTheEarlier() {
        add(EARLY, "cpu:1");
        add(LATE, "cpu:1", "cpu:1");

        assertEquals(1, changed.size());
        assertFalse(changed.areVisibleIn(EARLY, TAGS));
    }

    @Test
    void wildcardChangesAllObjectsOfItsKind() {
        add(LATE, "listing:*");

        assertFalse(changed.areVisibleIn(EARLY, TAGS));
        assertTrue(changed.areVisibleIn(EARLY, Set.of("cpu:1", "listing_share:17")));
        assertTrue(changed.areVisibleIn(LATE, TAGS));
    }

    @Test
    void valueOfAllObjectsOfAKindDependsOnEachOfThem() {
        add(LATE, "collection:7");
        add(LATE, "listing:*");

        assertFalse(changed.areVisibleIn(EARLY, Set.of("user:1", "collection:*")));
        assertFalse(changed.areVisibleIn(EARLY, Set.of("listing:*")));
        assertTrue(changed.areVisibleIn(LATE, Set.of("collection:*", "listing:*")));
        assertTrue(changed.areVisibleIn(EARLY, Set.of("user:*", "collection_share:*")));
    }

    @Test
    void valueWithoutTagsDependsOnNothing() {
        add(LATE, "listing:*", "cpu:1");

        assertTrue(changed.areVisibleIn(EARLY, Set.of()));
    }

    private void add(Snapshot position, String... tags) {
        changed.add(Arrays.stream(tags).map(tag -> new Change(5, tag)).toList(), position);
    }
}
