package dealbrain.profiling;

/** How many statements a piece of work has run so far, and how long they took together. Belongs to one thread. */
public final class Statements {
    private int count;
    private long nanos;

    void add(long elapsedNanos) {
        count++;
        nanos += elapsedNanos;
    }

    public int count() {
        return count;
    }

    public double millis() {
        return nanos / 1_000_000.0;
    }
}
