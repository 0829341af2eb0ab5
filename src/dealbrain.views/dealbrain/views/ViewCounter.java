package dealbrain.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts views of the rows of one table. Thread-safe.
 *
 * <p>A view increments a number in a map, without a lock or a statement. {@link #flush} takes the numbers out of the
 * map and writes all of them in one statement; if that fails, it adds them back for the next flush. A view is
 * therefore written exactly once, unless the process ends without a flush or the connection breaks during the commit.
 */
public final class ViewCounter {
    private record Viewed(long id, Visitor visitor) {}

    /** The views of one thing that are not written yet. */
    private record PendingViews(long people, long crawlers) {
        static PendingViews of(Visitor visitor, long count) {
            return visitor == Visitor.PERSON ? new PendingViews(count, 0) : new PendingViews(0, count);
        }

        PendingViews plus(PendingViews other) {
            return new PendingViews(people + other.people, crawlers + other.crawlers);
        }

        long sum() {
            return people + crawlers;
        }
    }

    private final ConcurrentMap<Viewed, Long> pending = new ConcurrentHashMap<>();
    private final String kind;
    private final String statement;
    private final ViewTotals totals;
    private final ViewDao dao;

    ViewCounter(String table, ViewTotals totals, ViewDao dao) {
        this.kind = table.toUpperCase(Locale.ROOT); // as servers of the previous version send and expect it
        this.statement = ViewDao.statement(table);
        this.totals = totals;
        this.dao = dao;
    }

    /** Counts one view of a thing. A visit of {@link Visitor#NONE} is ignored. */
    public void count(Visitor visitor, long id) {
        if (visitor != Visitor.NONE) {
            pending.merge(new Viewed(id, visitor), 1L, Long::sum);
        }
    }

    /**
     * Returns the latest known number of written views by people. Never decreases.
     *
     * @param read the number that was read from the database, possibly some time ago
     */
    public long total(long read, long id) {
        return totals.atLeast(read, kind, id);
    }

    int pending() {
        return pending.size();
    }

    /** Writes the counted views and returns their number. */
    long flush() {
        Map<Long, PendingViews> views = take();
        return views.isEmpty() ? 0 : write(views);
    }

    /** Removes the pending views and returns them, sorted by id, so that two instances lock rows in the same order. */
    private Map<Long, PendingViews> take() {
        Map<Long, PendingViews> views = new TreeMap<>();
        for (Viewed viewed : pending.keySet()) {
            // A concurrent view is either in this count, or creates a new entry for the next flush.
            Long count = pending.remove(viewed);
            if (count != null) {
                views.merge(viewed.id(), PendingViews.of(viewed.visitor(), count), PendingViews::plus);
            }
        }
        return views;
    }

    private long write(Map<Long, PendingViews> views) {
        List<Long> ids = List.copyOf(views.keySet());
        List<Long> people = new ArrayList<>();
        List<Long> crawlers = new ArrayList<>();
        views.values().forEach(each -> {
            people.add(each.people());
            crawlers.add(each.crawlers());
        });
        boolean written = false;
        try {
            List<ViewTotal> sums = dao.add(statement, ids, people, crawlers);
            written = true;
            totals.publish(kind, sums);
            return views.values().stream().mapToLong(PendingViews::sum).sum();
        } finally {
            if (!written) { // not after a failed publish, or the views would be written twice
                views.forEach(this::putBack);
            }
        }
    }

    private void putBack(long id, PendingViews views) {
        pending.merge(new Viewed(id, Visitor.PERSON), views.people(), Long::sum);
        pending.merge(new Viewed(id, Visitor.CRAWLER), views.crawlers(), Long::sum);
    }
}
