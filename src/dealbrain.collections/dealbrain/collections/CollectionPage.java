package dealbrain.collections;

/** A collection with one page of items, and how many items there are in all on such pages. */
public record CollectionPage(DealCollection collection, long total) {
}
