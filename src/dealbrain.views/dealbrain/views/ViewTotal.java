package dealbrain.views;

/** The stored number of views of one row by people. */
record ViewTotal(long id, long viewCount) {}
