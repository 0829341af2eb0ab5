package dealbrain.http;

/** The part of a list that a client requests: at most {@code limit} elements, after the first {@code offset} ones. */
public record PageRequest(int limit, int offset) {}
