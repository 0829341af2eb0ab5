package dealbrain.collections;

/**
 * A collection with one page of items.
 *
 * @param total    how many items there are in all on such pages
 * @param snapshot in which it was read, as PostgreSQL writes it
 */
public record CollectionSlice(DealCollection collection, long total, String snapshot) {}
