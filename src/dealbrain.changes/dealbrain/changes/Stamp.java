package dealbrain.changes;

/**
 * When something was read: in which database, and with which of its transactions.
 *
 * @param generation of the database; snapshots of different generations cannot be compared
 */
public record Stamp(String generation, Snapshot snapshot) {}
