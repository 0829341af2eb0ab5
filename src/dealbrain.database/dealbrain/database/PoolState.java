package dealbrain.database;

/**
 * The state of the connection pool.
 *
 * @param waiting the number of threads that wait for a connection
 * @param max     the maximum number of connections
 */
public record PoolState(int active, int idle, int waiting, int max) {}
