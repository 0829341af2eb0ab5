package dealbrain.http;

/** A cut of a list: at most {@code limit} elements, after {@code offset} that are left out. */
public record PageRequest(int limit, int offset) {}
