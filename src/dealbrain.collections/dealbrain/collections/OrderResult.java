package dealbrain.collections;

/** How many items were put in order. */
public record OrderResult(int itemCount) {}
