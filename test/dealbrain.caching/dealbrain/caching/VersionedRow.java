package dealbrain.caching;

import java.util.concurrent.atomic.AtomicReference;

/** A row whose version increases with each change, and the latest version that was acknowledged. Thread-safe. */
final class VersionedRow {
    private final String table;
    private final long id;
    private final AtomicReference<Acknowledged> acknowledged = new AtomicReference<>(new Acknowledged(1, "-", 0));

    /**
     * An acknowledged change.
     *
     * @param millis the time since the start of the run
     */
    record Acknowledged(long version, String transaction, long millis) {
        Acknowledged later(Acknowledged other) {
            return other.version > version ? other : this;
        }

        @Override
        public String toString() {
            return "version %d of transaction %s, acknowledged after %d ms".formatted(version, transaction, millis);
        }
    }

    VersionedRow(String table, long id) {
        this.table = table;
        this.id = id;
    }

    long id() {
        return id;
    }

    String table() {
        return table;
    }

    String tag() {
        return table + ":" + id;
    }

    Acknowledged acknowledged() {
        return acknowledged.get();
    }

    void acknowledge(Acknowledged change) {
        acknowledged.accumulateAndGet(change, Acknowledged::later);
    }
}
