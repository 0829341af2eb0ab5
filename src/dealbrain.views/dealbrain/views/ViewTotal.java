package dealbrain.views;

/** The stored number of views of one thing by people. */
public record ViewTotal(long id, long viewCount) {}
