package dealbrain.collections;

/** How many people have viewed a thing of some kind, as it is stored. */
public record ViewTotal(long id, long viewCount) {}
