package dealbrain.changes;

import java.util.UUID;

/**
 * A row of {@code change_member}: an instance that uses its cache.
 *
 * @param beat the number of its confirmations
 * @param seen the position of the last one; before the first, the snapshot of the registration
 * @param name host and process id, for the log
 */
record Member(UUID id, long beat, long leaseMillis, Snapshot seen, String name) {
    private static final int FIELDS = 5;

    /** Parses the five fields, separated by spaces. */
    static Member parse(String text) {
        String[] fields = text.split(" ", FIELDS);
        return new Member(
                UUID.fromString(fields[0]),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Snapshot.parse(fields[3]),
                fields[4]);
    }
}
