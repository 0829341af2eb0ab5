package dealbrain.shares;

import dealbrain.collections.ViewTotal;
import dealbrain.database.Transactions;
import dealbrain.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Jdbi;

/**
 * Counts views in memory, so that no reader waits and no hot row is written for each, and adds them to the database in one
 * statement for each kind of thing, whenever {@link #flush} is called: about every second, and once more at the end. What
 * cannot be written is kept for the next time. Safe for use by many threads.
 */
public final class ViewCounter implements AutoCloseable {
    /** What is viewed. */
    enum Kind {
        LISTING_SHARE,
        COLLECTION_SHARE,
        COLLECTION
    }

    private record Viewed(Kind kind, long id, Visitor visitor) {}

    /** Views of one thing that are not written yet. */
    private record Views(long people, long crawlers) {
        static Views sum(Views a, Views b) {
            return new Views(a.people + b.people, a.crawlers + b.crawlers);
        }
    }

    /** Adds views of things of one kind, by three lists of the same length, and returns the sums. */
    @FunctionalInterface
    public interface Sink {
        List<ViewTotal> addViews(List<Long> ids, List<Long> people, List<Long> crawlers);
    }

    private final ConcurrentMap<Viewed, Long> pending = new ConcurrentHashMap<>();
    private final Map<Kind, Sink> sinks;
    private final Jdbi jdbi;
    private final ViewTotals totals;
    private final LongAdder flushes = new LongAdder();
    private final LongAdder writtenViews = new LongAdder();

    /**
     * Counts for a database.
     *
     * @param collections where the views of collections are written, whose table is not ours
     * @param totals      told what was written
     */
    public ViewCounter(Jdbi jdbi, Sink collections, ViewTotals totals) {
        this.jdbi = jdbi;
        this.totals = totals;
        this.sinks = Map.of(
                Kind.LISTING_SHARE, jdbi.onDemand(ListingShareDao.class)::addViews,
                Kind.COLLECTION_SHARE, jdbi.onDemand(CollectionShareDao.class)::addViews,
                Kind.COLLECTION, collections);
    }

    /** Counts that somebody opened a collection without a link, because it is public. */
    public void countCollection(Request request, long id) {
        count(Kind.COLLECTION, id, Visitor.of(request));
    }

    void count(Kind kind, long id, Visitor visitor) {
        if (visitor != Visitor.NOBODY) {
            pending.merge(new Viewed(kind, id, visitor), 1L, Long::sum);
        }
    }

    /** The count of a thing, as far as it is written, which was as high already when it was read. Never goes down. */
    long total(long read, Kind kind, long id) {
        return totals.atLeast(read, kind, id);
    }

    /** Writes what was counted so far: at most one statement for each kind. */
    public synchronized void flush() {
        for (Kind kind : Kind.values()) {
            Map<Long, Views> views = take(kind);
            if (!views.isEmpty()) {
                write(kind, views);
            }
        }
    }

    /** In the order of the ids, so that two servers that write at once lock rows in one order. */
    private Map<Long, Views> take(Kind kind) {
        Map<Long, Views> views = new TreeMap<>();
        for (Viewed viewed : pending.keySet()) {
            if (viewed.kind() == kind) {
                Long count = pending.remove(viewed); // a view that comes after this is a new entry
                long taken = count == null ? 0 : count;
                views.merge(
                        viewed.id(),
                        viewed.visitor() == Visitor.PERSON ? new Views(taken, 0) : new Views(0, taken),
                        Views::sum);
            }
        }
        return views;
    }

    private void write(Kind kind, Map<Long, Views> views) {
        List<Long> people = new ArrayList<>();
        List<Long> crawlers = new ArrayList<>();
        views.values().forEach(each -> {
            people.add(each.people());
            crawlers.add(each.crawlers());
        });
        boolean written = false;
        try {
            Sink sink = Objects.requireNonNull(sinks.get(kind));
            List<ViewTotal> sums = Transactions.inTransaction(
                    jdbi, () -> sink.addViews(List.copyOf(views.keySet()), people, crawlers));
            written = true;
            flushes.increment();
            views.values().forEach(each -> writtenViews.add(each.people() + each.crawlers()));
            totals.written(kind, sums);
        } finally {
            if (!written) {
                views.forEach((id, each) -> giveBack(kind, id, each));
            }
        }
    }

    private void giveBack(Kind kind, long id, Views views) {
        pending.merge(new Viewed(kind, id, Visitor.PERSON), views.people(), Long::sum);
        pending.merge(new Viewed(kind, id, Visitor.CRAWLER), views.crawlers(), Long::sum);
    }

    /** How many statements have written views. */
    public long flushes() {
        return flushes.sum();
    }

    /** How many views have been written, of people and crawlers. */
    public long written() {
        return writtenViews.sum();
    }

    /** For how many things, by kind and visitor, views are counted and not written yet. */
    public int pending() {
        return pending.size();
    }

    @Override
    public void close() {
        flush();
    }
}
