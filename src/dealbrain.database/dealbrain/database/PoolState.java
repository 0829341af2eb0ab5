package dealbrain.database;

/**
 * The pool of connections at one moment.
 *
 * @param waiting how many threads wait for a connection
 * @param max     how many connections it may have
 */
public record PoolState(int active, int idle, int waiting, int max) {}
