package dealbrain.caching;

import dealbrain.caching.VersionedRow.Acknowledged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows on random instances, in transactions of different kinds, until the run is over. Only a change that was
 * committed and acknowledged without failure counts as acknowledged.
 */
final class RandomWriter {
    /** A statement that changes more rows is logged as a change of all rows of its table. */
    static final int MANY_ROWS = 120;

    private static final String UPDATE =
            "UPDATE %s SET row_version = row_version + 1 %s RETURNING id, row_version, pg_current_xact_id()::text";

    private final StalenessRun run;
    private final InstanceGroup group;
    private final List<VersionedRow> rows;
    private final Map<Long, VersionedRow> listings;
    private final FaultCounts faults;
    private final Consumer<CacheInstance> acknowledgement;
    /** While true, all transactions are rolled back: their ids are not on disk when the server crashes. */
    private volatile boolean onlyRollbacks;

    /** A committed version of a row. */
    private record Change(VersionedRow row, long version, String transaction) {}

    /** @param acknowledgement {@link dealbrain.changes.ChangeLog#acknowledge}, or nothing for a run that must fail */
    RandomWriter(
            StalenessRun run,
            InstanceGroup group,
            List<VersionedRow> rows,
            FaultCounts faults,
            Consumer<CacheInstance> acknowledgement) {
        this.run = run;
        this.group = group;
        this.rows = rows;
        this.faults = faults;
        this.acknowledgement = acknowledgement;
        this.listings = rows.stream()
                .filter(row -> row.table().equals("listing"))
                .collect(Collectors.toMap(VersionedRow::id, Function.identity()));
    }

    void setOnlyRollbacks(boolean onlyRollbacks) {
        this.onlyRollbacks = onlyRollbacks;
    }

    void run(Random random) {
        while (!run.isOver()) {
            CacheInstance instance = group.any(random);
            if (instance != null) {
                try {
                    acknowledge(instance, write(instance, random));
                } catch (RuntimeException _) { // the commit is unknown, or the acknowledgement failed
                    faults.count("failed or unknown transactions");
                }
            }
            run.pause(random, 0, 8);
        }
    }

    private void acknowledge(CacheInstance instance, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        acknowledgement.accept(instance);
        if (instance.hasEnded()) { // no client received the response
            faults.count("failed or unknown transactions");
            return;
        }
        faults.count("acknowledged transactions");
        for (Change change : changes) {
            change.row().acknowledge(new Acknowledged(change.version(), change.transaction(), faults.elapsedMillis()));
        }
    }

    /** Runs a transaction and returns what it has committed. */
    private List<Change> write(CacheInstance instance, Random random) {
        VersionedRow row = randomRow(random);
        int kind = random.nextInt(1000);
        if (onlyRollbacks || kind < 300) {
            return rollBack(instance, row, random);
        }
        if (kind < 870) {
            return instance.jdbi().withHandle(handle -> List.of(change(handle, row)));
        }
        if (kind < 930) {
            faults.count("long transactions");
            return inTransaction(instance, row, random, 300);
        }
        if (kind < 940) {
            faults.count("long transactions");
            return inTransaction(instance, row, random, 1500);
        }
        return kind < 945 ? changeMany(instance) : changeAfterSavepoint(instance, row);
    }

    /** Some rows change often, others so rarely that their changes are deleted from the log before the next one. */
    private VersionedRow randomRow(Random random) {
        return rows.get((int) (rows.size() * Math.pow(random.nextDouble(), 3)));
    }

    /** Uses transaction ids without a trace: requests that end in an error after they have locked a row. */
    private List<Change> rollBack(CacheInstance instance, VersionedRow row, Random random) {
        boolean changes = random.nextInt(4) == 0;
        instance.jdbi().useHandle(handle -> {
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                handle.begin();
                if (changes) {
                    change(handle, row);
                } else {
                    handle.createQuery("SELECT id FROM " + row.table() + " WHERE id = :id FOR UPDATE")
                            .bind("id", row.id())
                            .mapTo(Long.class)
                            .one();
                }
                handle.rollback();
                faults.count("rolled-back transactions");
            }
        });
        return List.of();
    }

    private List<Change> inTransaction(CacheInstance instance, VersionedRow row, Random random, int maxMillis) {
        return instance.jdbi().inTransaction(handle -> {
            Change change = change(handle, row);
            run.pause(random, 5, maxMillis);
            return List.of(change);
        });
    }

    private List<Change> changeMany(CacheInstance instance) {
        List<Change> changes = new ArrayList<>();
        instance.jdbi()
                .useHandle(handle -> handle.createQuery(UPDATE.formatted("listing", ""))
                        .map((row, _) -> change(listings.get(row.getLong(1)), row.getLong(2), row.getString(3)))
                        .forEach(change -> {
                            if (change != null) {
                                changes.add(change);
                            }
                        }));
        faults.count("changes of many rows");
        return changes;
    }

    /** Returns null for a row that no page shows. */
    private static @Nullable Change change(@Nullable VersionedRow row, long version, String transaction) {
        return row == null ? null : new Change(row, version, transaction);
    }

    /** The subtransaction that is rolled back uses an id, and locks and versions of the row. */
    private List<Change> changeAfterSavepoint(CacheInstance instance, VersionedRow row) {
        faults.count("rolled-back savepoints");
        return instance.jdbi().inTransaction(handle -> {
            handle.savepoint("first");
            change(handle, row);
            handle.rollbackToSavepoint("first");
            return List.of(change(handle, row));
        });
    }

    private static Change change(Handle handle, VersionedRow row) {
        return handle.createQuery(UPDATE.formatted(row.table(), "WHERE id = :id"))
                .bind("id", row.id())
                .map((result, _) -> new Change(row, result.getLong(2), result.getString(3)))
                .one();
    }
}
