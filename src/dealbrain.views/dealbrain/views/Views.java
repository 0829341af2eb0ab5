package dealbrain.views;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * Counts views of links and collections. Views are counted in memory and written by {@link #flush}, with one
 * statement for each table. So a request does not wait for a write, and a popular row is not updated for each
 * view. Views that could not be written are retried with the next flush. Thread-safe.
 */
public final class Views implements AutoCloseable {
    private final Jdbi jdbi;
    private final ViewTotals totals;
    private final List<ViewCounter> counters = new ArrayList<>();
    private final LongAdder flushes = new LongAdder();
    private final LongAdder written = new LongAdder();

    /** @param publisher publishes a text to the other instances, which pass it to {@link #receive}; must not block */
    public Views(Jdbi jdbi, Consumer<String> publisher) {
        this.jdbi = jdbi;
        this.totals = new ViewTotals(publisher);
    }

    /**
     * Returns a new counter for the rows of a table. All counters must be created before the first flush.
     *
     * @param table has the columns {@code id}, {@code view_count} and {@code crawler_count}
     */
    public ViewCounter counter(String table) {
        ViewCounter counter = new ViewCounter(table, totals, jdbi.onDemand(ViewDao.class));
        counters.add(counter);
        return counter;
    }

    /** Writes all counted views, with at most one statement for each table. */
    public synchronized void flush() {
        for (ViewCounter counter : counters) {
            long views = counter.flush();
            if (views > 0) {
                flushes.increment();
                written.add(views);
            }
        }
    }

    /** Stores the totals that another instance has published. */
    public void receive(String message) {
        totals.receive(message);
    }

    /** Returns the number of statements that have written views. */
    public long flushes() {
        return flushes.sum();
    }

    /** Returns the number of written views, by people and crawlers. */
    public long written() {
        return written.sum();
    }

    /**
     * Returns the number of things with views that are not written yet; views by people and by crawlers count
     * separately.
     */
    public int pending() {
        return counters.stream().mapToInt(ViewCounter::pending).sum();
    }

    /** Writes the remaining views. */
    @Override
    public void close() {
        flush();
    }
}
