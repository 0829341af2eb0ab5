package dealbrain.database;

/** Hears what the pool does. Called on many threads, and expected to be quick. */
public interface PoolListener {
    /** Nobody listens. */
    PoolListener NONE = new PoolListener() {};

    /** A connection was made, which took so long. */
    default void created(long millis) {}

    /** A connection was had after so long a wait. */
    default void acquired(long nanos) {}

    /** A connection was given back after so long a use. */
    default void used(long millis) {}

    /** No connection was had in time. */
    default void timedOut() {}
}
