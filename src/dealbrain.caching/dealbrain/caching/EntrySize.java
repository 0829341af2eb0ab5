package dealbrain.caching;

import dealbrain.changes.Snapshot;

/**
 * The size of an entry in memory, with its key, tags and stamp. The constants are those of a JVM with compact object
 * headers and references of four bytes; {@code CacheSizeTest} compares the result with the heap.
 */
final class EntrySize {
    /** The entry, the nodes and the slot of the table, the stamp, and the objects of the tag set. */
    private static final int ENTRY_BYTES = 300;
    /** A string without its characters: the object, and the array with its padding. */
    private static final int STRING_BYTES = 40;
    /** Two references in the table of an immutable set. */
    private static final int TAG_SLOT_BYTES = 8;

    private EntrySize() {}

    /** Returns the approximate size of an entry in bytes. */
    static int of(String key, CacheEntry<?> entry) {
        return ENTRY_BYTES
                + ofText(key)
                + of(entry.stamp().snapshot())
                + entry.tags().stream()
                        .mapToInt(tag -> ofText(tag) + TAG_SLOT_BYTES)
                        .sum()
                + entry.size();
    }

    private static int ofText(String text) {
        return STRING_BYTES + text.length(); // ASCII, one byte for each character
    }

    /** A transaction id in progress takes about as much as a number as it takes in the text. */
    private static int of(Snapshot snapshot) {
        return STRING_BYTES + 2 * snapshot.toString().length();
    }
}
