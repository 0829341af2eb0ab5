package dealbrain.views;

/** The stored number of people's views of one thing. */
public record ViewTotal(long id, long viewCount) {}
