package dealbrain.database;

/** Receives the events of the connection pool. Called by many threads; must return quickly. */
public interface PoolListener {
    /** Ignores all events. */
    PoolListener NONE = new PoolListener() {};

    /** Called when a connection was opened within {@code millis}. */
    default void created(long millis) {}

    /** Called when a connection was acquired after waiting {@code nanos}. */
    default void acquired(long nanos) {}

    /** Called when a connection was returned after a use of {@code millis}. */
    default void used(long millis) {}

    /** Called when no connection was available in time. */
    default void timedOut() {}
}
