package dealbrain.changes;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The changed tags, each with the position of the poll that found its last change. It only grows: once its bound is
 * reached, the poller starts an empty one. One thread writes while any number of threads read.
 */
final class ChangedTags {
    private static final String WILDCARD = ":*";

    private final ConcurrentMap<String, Snapshot> positions = new ConcurrentHashMap<>();
    /** The kinds of which many objects changed in one statement, such as {@code listing}. */
    private final ConcurrentMap<String, Snapshot> kinds = new ConcurrentHashMap<>();
    /** The kinds of which any object changed, for values that depend on all objects of a kind. */
    private final ConcurrentMap<String, Snapshot> anyOfKind = new ConcurrentHashMap<>();

    /** Adds the changes that a poll found. */
    void add(Collection<ChangeDao.Change> changes, Snapshot position) {
        for (ChangeDao.Change change : changes) {
            String tag = change.tag();
            if (tag.endsWith(WILDCARD)) {
                kinds.put(kind(tag), position);
            } else {
                positions.put(tag, position);
            }
            anyOfKind.put(kind(tag), position);
        }
    }

    /**
     * Returns whether {@code snapshot} sees every change of {@code tags}, and of all objects of their kinds. The tag
     * {@code collection:*} is of a value that depends on all collections.
     */
    boolean areVisibleIn(Snapshot snapshot, Set<String> tags) {
        for (String tag : tags) {
            boolean seen = tag.endsWith(WILDCARD)
                    ? sees(snapshot, anyOfKind.get(kind(tag)))
                    : sees(snapshot, positions.get(tag)) && (kinds.isEmpty() || sees(snapshot, kinds.get(kind(tag))));
            if (!seen) {
                return false;
            }
        }
        return true;
    }

    private static boolean sees(Snapshot snapshot, @Nullable Snapshot change) {
        return change == null || snapshot.contains(change);
    }

    private static String kind(String tag) {
        return tag.substring(0, Math.max(0, tag.indexOf(':')));
    }

    /** Returns the number of tags. */
    int size() {
        return positions.size() + kinds.size();
    }
}
