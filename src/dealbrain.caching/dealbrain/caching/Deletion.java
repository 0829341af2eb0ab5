package dealbrain.caching;

/**
 * The result of a deletion from memory and Redis.
 *
 * @param entries    the number of entries deleted
 * @param isComplete whether Redis has confirmed the deletion; true without Redis. Otherwise Redis may still have
 *                   entries, and the deletion must be repeated
 */
public record Deletion(long entries, boolean isComplete) {
    Deletion and(Deletion other) {
        return new Deletion(entries + other.entries, isComplete && other.isComplete);
    }
}
