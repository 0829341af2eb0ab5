package dealbrain.changes;

import java.util.HashSet;
import java.util.Set;

/**
 * A state of {@link ProtocolModel}: the database, the rows of {@code change_member} with the command that is on its way
 * to them, a reader, and the two instances.
 */
record ProtocolState(Common common, Instance first, Instance second) {
    static final int NONE = 0;

    /** Instance 0 is a member and alone, instance 1 starts at some time. */
    static final ProtocolState FIRST = new ProtocolState(
            new Common(Database.FIRST, new Members(Snapshots.EMPTY, NONE, false, Command.NONE), Reader.NONE),
            Instance.FIRST,
            Instance.NEW);

    /** All but the instances. */
    record Common(Database database, Members members, Reader reader) {}

    Database database() {
        return common.database;
    }

    Members members() {
        return common.members;
    }

    Reader reader() {
        return common.reader;
    }

    Instance instance(int i) {
        return i == 0 ? first : second;
    }

    ProtocolState with(Database next) {
        return new ProtocolState(new Common(next, members(), reader()), first, second);
    }

    ProtocolState with(Members next) {
        return new ProtocolState(new Common(database(), next, reader()), first, second);
    }

    ProtocolState with(Reader next) {
        return new ProtocolState(new Common(database(), members(), next), first, second);
    }

    ProtocolState with(int i, Instance next) {
        return new ProtocolState(common, i == 0 ? next : first, i == 0 ? second : next);
    }

    /**
     * A {@code pg_snapshot} as an {@code int}: the highest bit is the next transaction id, each bit below it an id that
     * is in progress.
     */
    static final class Snapshots {
        static final int EMPTY = 1;

        private Snapshots() {}

        static int next(int snapshot) {
            return 31 - Integer.numberOfLeadingZeros(snapshot);
        }

        static int begin(int snapshot) {
            return snapshot | Integer.highestOneBit(snapshot) << 1;
        }

        static int end(int snapshot, int id) {
            return snapshot & ~(1 << id);
        }

        static boolean sees(int snapshot, int id) {
            return id < next(snapshot) && (snapshot & 1 << id) == 0;
        }

        /** Returns whether everything that is visible in {@code earlier} is visible in {@code snapshot}. */
        static boolean contains(int snapshot, int earlier) {
            int next = Integer.highestOneBit(earlier);
            return snapshot >= next && (snapshot & (next - 1) & ~earlier) == 0;
        }
    }

    /** The progress of a change. */
    enum Progress {
        NOT_BEGUN,
        BEGUN,
        COMMITTED,
        /** A poll of its instance has found that no other member must confirm it. */
        CONFIRMED,
        ACKNOWLEDGED
    }

    /** A change, and the id of its transaction. */
    record Change(Progress progress, int id) {
        static final Change NONE = new Change(Progress.NOT_BEGUN, 0);

        boolean isCommitted() {
            return progress.compareTo(Progress.COMMITTED) >= 0;
        }

        boolean isVisibleIn(int snapshot) {
            return isCommitted() && Snapshots.sees(snapshot, id);
        }

        Change to(Progress next) {
            return new Change(next, id);
        }
    }

    /**
     * A value that was read: its stamp, and the changes (a bit mask) that it shows. All changes are of the same tag,
     * which it shows.
     */
    record Value(int generation, int snapshot, int changes) {
        /** Returns whether this value is used wherever {@code other} is used, and shows the same. */
        boolean replaces(Value other) {
            return generation == other.generation
                    && changes == other.changes
                    && Snapshots.contains(snapshot, other.snapshot);
        }
    }

    /**
     * The tables without the members.
     *
     * @param now          the snapshot that a statement would get
     * @param deleted      the changes (a bit mask) whose rows were deleted from the log
     * @param recorded     the last checkpoint, or {@code NONE}
     * @param horizon      the oldest checkpoint
     * @param incarnation  the row of {@code change_incarnation}, or {@code NONE}
     * @param incarnations how many there have been
     * @param values       every value that was ever read and may be stale, except those that another one replaces
     */
    record Database(
            int now,
            Change first,
            Change second,
            int deleted,
            int recorded,
            int horizon,
            int incarnation,
            int incarnations,
            boolean settled,
            Set<Value> values) {
        static final Database FIRST = new Database(
                Snapshots.EMPTY,
                Change.NONE,
                Change.NONE,
                0,
                NONE,
                Snapshots.EMPTY,
                1,
                1,
                true,
                Set.of(new Value(1, Snapshots.EMPTY, 0)));

        Change change(int c) {
            return c == 0 ? first : second;
        }

        Database with(int c, Change change) {
            return copy(now, c == 0 ? change : first, c == 0 ? second : change, incarnation, incarnations, settled);
        }

        Database begin(int c) {
            return copy(Snapshots.begin(now), first, second, incarnation, incarnations, settled)
                    .with(c, new Change(Progress.BEGUN, Snapshots.next(now)));
        }

        Database commit(int c) {
            return copy(Snapshots.end(now, change(c).id), first, second, incarnation, incarnations, settled)
                    .with(c, change(c).to(Progress.COMMITTED));
        }

        Database rollBack() {
            return copy(
                    Snapshots.end(Snapshots.begin(now), Snapshots.next(now)),
                    first,
                    second,
                    incarnation,
                    incarnations,
                    settled);
        }

        Database withCheckpoints(int nextRecorded, int nextHorizon, int nextDeleted) {
            return new Database(
                    now,
                    first,
                    second,
                    nextDeleted,
                    nextRecorded,
                    nextHorizon,
                    incarnation,
                    incarnations,
                    settled,
                    values);
        }

        /** Ids that had not reached the disk are assigned again, and the unlogged tables are empty. */
        Database crash() {
            int next = Math.max(first.isCommitted() ? first.id + 1 : 0, second.isCommitted() ? second.id + 1 : 0);
            return copy(
                    1 << next,
                    first.isCommitted() ? first : Change.NONE,
                    second.isCommitted() ? second : Change.NONE,
                    NONE,
                    incarnations,
                    false);
        }

        Database incarnate(boolean nowSettled) {
            return copy(now, first, second, incarnations + 1, incarnations + 1, nowSettled);
        }

        Database settle() {
            return copy(now, first, second, incarnation, incarnations, true);
        }

        private Database copy(
                int nextNow, Change a, Change b, int nextIncarnation, int nextIncarnations, boolean nextSettled) {
            return new Database(
                    nextNow, a, b, deleted, recorded, horizon, nextIncarnation, nextIncarnations, nextSettled, values);
        }

        /** A value is read now. Its reader took the generation from a view before, which may be older. */
        Database read(boolean generationBefore) {
            int changes = (first.isCommitted() ? 1 : 0) | (second.isCommitted() ? 2 : 0);
            Set<Value> next = new HashSet<>(values);
            for (int g = 1; g <= incarnations + (generationBefore ? 0 : 1); g++) {
                Value read = new Value(g, now, changes);
                if (changes != 3 && values.stream().noneMatch(value -> value.replaces(read))) {
                    next.removeIf(read::replaces);
                    next.add(read);
                }
            }
            return next.equals(values)
                    ? this
                    : new Database(
                            now,
                            first,
                            second,
                            deleted,
                            recorded,
                            horizon,
                            incarnation,
                            incarnations,
                            settled,
                            Set.copyOf(next));
        }

        int acknowledged() {
            return (first.progress == Progress.ACKNOWLEDGED ? 1 : 0)
                    | (second.progress == Progress.ACKNOWLEDGED ? 2 : 0);
        }
    }

    /** A command that was sent and is executed later, perhaps when its sender has long abandoned its connection. */
    record Command(Kind kind, int instance, int argument) {
        enum Kind {
            NOTHING,
            /** Deletes the row of {@code instance}, if its beat has not moved. */
            EVICT,
            /** A confirmation by {@code instance}; the argument is the snapshot. */
            CONFIRM,
            /** Inserts a row that {@code instance} does not use, because it got no response. */
            JOIN,
            /** Settles the incarnation that is the argument. */
            SETTLE
        }

        static final Command NONE = new Command(Kind.NOTHING, 0, 0);

        boolean is(Kind other, int i) {
            return kind == other && instance == i;
        }
    }

    /**
     * The rows of {@code change_member}: the confirmed snapshot of each instance, or {@code NONE} if it has no row. The
     * beat is not counted: when it moves, all references to the last one are reset.
     *
     * @param stray whether there is a row that no instance uses
     */
    record Members(int first, int second, boolean stray, Command command) {
        int seen(int i) {
            return i == 0 ? first : second;
        }

        boolean has(int i) {
            return seen(i) != NONE;
        }

        Members with(int i, int seen) {
            return new Members(i == 0 ? seen : first, i == 0 ? second : seen, stray, command);
        }

        Members with(Command next) {
            return new Members(first, second, stray, next);
        }

        Members withStray(boolean next) {
            return new Members(first, second, next, command);
        }
    }

    /**
     * What an instance knows, published at once; the lease is beside it in the model.
     *
     * @param found    the position of the last poll that found a change, or {@code NONE}
     * @param position of the last poll, or {@code NONE}
     */
    record View(int generation, int base, int found, int position) {
        static final View NONE = new View(0, 0, 0, 0);

        View emptied() {
            return new View(generation, base, ProtocolState.NONE, position);
        }
    }

    /** A lease, and the time from which it counts. */
    enum Lease {
        ENDED,
        /** Counts from before the other instance began to watch the beat; also if the beat is not watched. */
        BEFORE,
        /** Counts from after that time. */
        AFTER
    }

    /**
     * The result of a poll that has not been applied.
     *
     * @param view      to be published
     * @param member    whether it shows the own row
     * @param others    whether it shows another row
     * @param beat      whether it shows the row of the other instance with its present beat
     * @param confirmed whether the own change, committed before, need not be confirmed by any other instance
     */
    record Poll(View view, boolean member, boolean others, boolean beat, boolean confirmed, boolean settled) {
        static final Poll NONE = new Poll(View.NONE, false, false, false, false, true);

        Poll withoutBeat() {
            return new Poll(view, member, others, false, confirmed, settled);
        }
    }

    /** The last completed step of a poller. */
    enum At {
        REST,
        POLLED,
        CONFIRMING,
        CONFIRMED,
        JOINING,
        LEAVING,
        /** The poll has found no incarnation. */
        INCARNATING
    }

    /**
     * An instance.
     *
     * @param next    the lease that counts from before the current poll
     * @param watches whether the other instance's beat has not moved since this instance first saw it
     * @param left    whether it has left the group because it was slow
     * @param settled whether its last poll has found the incarnation settled
     */
    record Instance(
            At at, View view, Lease lease, Lease next, Poll poll, boolean watches, boolean left, boolean settled) {
        static final Instance FIRST = new Instance(
                At.REST,
                new View(1, Snapshots.EMPTY, NONE, Snapshots.EMPTY),
                Lease.BEFORE,
                Lease.ENDED,
                Poll.NONE,
                false,
                false,
                true);
        static final Instance NEW =
                new Instance(At.JOINING, View.NONE, Lease.ENDED, Lease.ENDED, Poll.NONE, false, false, true);

        Instance at(At to) {
            return new Instance(to, view, lease, to == At.REST ? Lease.ENDED : next, Poll.NONE, watches, left, settled);
        }

        Instance polled(Lease from, Poll result) {
            return new Instance(At.POLLED, view, lease, from, result, watches, left, settled);
        }

        Instance publish(View nextView, boolean nowSettled) {
            Lease kept = nextView.generation == view.generation ? lease : Lease.ENDED;
            return new Instance(at, nextView, kept, next, poll, watches, left, nowSettled);
        }

        Instance with(Lease nextLease, Lease nextNext) {
            return new Instance(at, view, nextLease, nextNext, poll, watches, left, settled);
        }

        Instance with(Poll nextPoll) {
            return new Instance(at, view, lease, next, nextPoll, watches, left, settled);
        }

        Instance watch(boolean yes) {
            return new Instance(at, view, lease, next, poll, yes, left, settled);
        }

        Instance left(boolean yes) {
            return new Instance(at, view, lease, next, poll, watches, yes, settled);
        }

        /** The other instance begins to watch a beat now, or stops to watch. */
        Instance watched() {
            return with(before(lease), before(next));
        }

        private static Lease before(Lease lease) {
            return lease == Lease.AFTER ? Lease.BEFORE : lease;
        }

        /** The other instance has watched the present beat for longer than a lease. */
        Instance outlasted() {
            return with(after(lease), after(next));
        }

        private static Lease after(Lease lease) {
            return lease == Lease.BEFORE ? Lease.ENDED : lease;
        }

        /** Longer than a lease has passed since {@code generation} was found. */
        Instance outlasted(int generation) {
            int nextGeneration = at == At.POLLED ? poll.view.generation : view.generation;
            return with(
                    view.generation < generation ? Lease.ENDED : lease,
                    nextGeneration < generation ? Lease.ENDED : next);
        }
    }

    /** A read that has found the lease of {@code instance} running, and has not looked into the view yet. */
    record Reader(int instance, View view, int acknowledged) {
        static final Reader NONE = new Reader(-1, View.NONE, 0);
    }
}
