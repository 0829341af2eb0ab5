package dealbrain.collections;

/** A new visibility. */
public record VisibilityInput(Visibility visibility) {}
