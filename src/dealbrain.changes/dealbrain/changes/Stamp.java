package dealbrain.changes;

/**
 * The state in which a value was read: a database and a snapshot of it.
 *
 * @param generation of the database; snapshots of different generations cannot be compared
 */
public record Stamp(String generation, Snapshot snapshot) {}
