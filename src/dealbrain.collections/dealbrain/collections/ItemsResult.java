package dealbrain.collections;

/** How many listings went into a collection, and how many were in it already or were named twice. */
public record ItemsResult(int added, int skipped) {}
