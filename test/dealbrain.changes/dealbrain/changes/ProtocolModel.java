package dealbrain.changes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model of {@link ChangeLog} and its tables whose states can be searched exhaustively: two instances, the second of
 * which registers at some time, and two changes, each made and acknowledged by one of the instances. Each statement is
 * a step of its own, so that between any two statements an instance may pause beyond the end of its lease.
 *
 * <p>A value that was read at any time may be anywhere from then on: with its reader, in the memory of either
 * instance, on the way to Redis, in Redis, or in a file that Redis restores. So a late reader, a late store, and a
 * Redis that loses or restores entries need no steps: in each state, every value that was ever read is offered to each
 * instance. Sets of changes are bit masks.
 */
final class ProtocolModel {
    /** A rule of the protocol that a test can switch off. */
    enum Rule {
        /** An entry is used only if every known change is visible in its snapshot. */
        CHECK,
        /** A writer waits for the other instance. */
        WAIT,
        /** An instance whose lease has ended discards its state, registers again and reads the whole log. */
        RESTART,
        /** A confirmation after the end of the lease does not renew it. */
        CONFIRM_IN_TIME
    }

    private static final int MAX_JOINS = 2;

    /** The last completed statement of a heartbeat. */
    enum At {
        REST,
        POLLED,
        CONFIRMED,
        JOINING,
        JOINED
    }

    /**
     * An instance.
     *
     * @param known       the changes that it has polled
     * @param joinsPolled how many registrations of the other instance it has polled
     * @param start       the changes that had been committed when its current heartbeat began
     * @param base        the changes that had been committed when the heartbeat began from which its lease counts
     */
    record Instance(
            At at,
            int known,
            int joinsPolled,
            boolean alone,
            boolean introduced,
            boolean trusted,
            int start,
            int base) {
        static final Instance FIRST = new Instance(At.REST, 0, 0, true, true, true, 0, 0);
        static final Instance NEW = new Instance(At.JOINING, 0, 0, false, false, false, 0, 0);

        boolean usesCache() {
            return introduced && trusted;
        }

        Instance at(At next) {
            return new Instance(
                    next, known, joinsPolled, alone, introduced, trusted, next == At.REST ? 0 : start, base);
        }

        Instance poll(int committed, int joins) {
            return new Instance(
                    at, known | committed, joins, alone && joins == joinsPolled, introduced, trusted, start, base);
        }

        Instance begin(int committed) {
            return new Instance(at, known, joinsPolled, alone, introduced, trusted, committed, base);
        }

        Instance trust(boolean yes) {
            return new Instance(at, known, joinsPolled, alone, introduced, yes, start, yes ? start : 0);
        }

        Instance introduce(boolean nowAlone, boolean nowIntroduced) {
            return new Instance(at, known, joinsPolled, nowAlone, nowIntroduced, trusted, start, base);
        }

        Instance restart(int committed) {
            return new Instance(At.JOINING, 0, 0, false, false, false, committed, base);
        }
    }

    /**
     * A row of {@code change_listener}.
     *
     * @param live  whether the other instance waits for it
     * @param joins how many times it was registered
     */
    record Row(boolean live, int seen, int joinsSeen, int joins) {
        Row lapsed() {
            return new Row(false, 0, 0, joins); // the rest is no longer read
        }
    }

    /** The progress of a change. */
    enum Progress {
        NONE,
        COMMITTED,
        CAUGHT_UP,
        ACKNOWLEDGED
    }

    record State(
            List<Instance> instances, List<Row> rows, List<Progress> progress, int committed, Set<Integer> everRead) {
        static final State FIRST = new State(
                List.of(Instance.FIRST, Instance.NEW),
                List.of(new Row(true, 0, 0, 1), new Row(false, 0, 0, 0)),
                List.of(Progress.NONE, Progress.NONE),
                0,
                Set.of(0));

        State with(int i, Instance instance) {
            return new State(replaced(instances, i, instance), rows, progress, committed, everRead);
        }

        State with(int i, Row row) {
            return new State(instances, replaced(rows, i, row), progress, committed, everRead);
        }

        State with(int change, Progress next) {
            return new State(instances, rows, replaced(progress, change, next), committed, everRead);
        }

        State commit(int change) {
            int next = committed | 1 << change;
            List<Integer> all = new ArrayList<>(everRead);
            all.add(next);
            return new State(instances, rows, replaced(progress, change, Progress.COMMITTED), next, Set.copyOf(all));
        }

        private static <T> List<T> replaced(List<T> list, int index, T element) {
            return index == 0 ? List.of(element, list.get(1)) : List.of(list.get(0), element);
        }

        int acknowledged() {
            return (progress.get(0) == Progress.ACKNOWLEDGED ? 1 : 0)
                    | (progress.get(1) == Progress.ACKNOWLEDGED ? 2 : 0);
        }
    }

    private record Step(@Nullable State from, String name) {}

    private final Set<Rule> rules;
    private final Map<State, Step> visited = new HashMap<>();
    private final Deque<State> open = new ArrayDeque<>();
    private int uses;

    ProtocolModel(Set<Rule> rules) {
        this.rules = rules;
    }

    int visited() {
        return visited.size();
    }

    /** Returns how many times an entry was used. */
    int uses() {
        return uses;
    }

    /** Returns the shortest sequence of steps to a read that misses an acknowledged change; empty if there is none. */
    List<String> findStaleRead() {
        visited.put(State.FIRST, new Step(null, "start"));
        open.add(State.FIRST);
        while (!open.isEmpty()) {
            State state = open.remove();
            for (int i = 0; i < 2; i++) {
                if (readsStale(state, state.instances.get(i))) {
                    return path(state, i + " uses a stale entry");
                }
            }
            steps(state);
        }
        return List.of();
    }

    private boolean readsStale(State state, Instance instance) {
        boolean stale = false;
        for (int read : state.everRead) {
            if (instance.usesCache() && (!rules.contains(Rule.CHECK) || (instance.known & ~read) == 0)) {
                uses++;
                stale |= (state.acknowledged() & ~read) != 0;
            }
        }
        return stale;
    }

    private List<String> path(State state, String end) {
        List<String> path = new ArrayList<>(List.of(end));
        for (Step step = visited.get(state); step.from != null; step = visited.get(step.from)) {
            path.addFirst(step.name);
        }
        return path;
    }

    private void steps(State state) {
        for (int i = 0; i < 2; i++) {
            acknowledge(state, i);
            heartbeat(state, i);
            passTime(state, i);
        }
    }

    private void go(State from, String name, State next) {
        if (visited.putIfAbsent(next, new Step(from, name)) == null) {
            open.add(next);
        }
    }

    /** Each change is made and acknowledged by the instance of the same number. */
    private void acknowledge(State state, int change) {
        Progress progress = state.progress.get(change);
        Instance own = state.instances.get(change);
        Row other = state.rows.get(1 - change);
        if (progress == Progress.NONE) {
            go(state, "commit " + change, state.commit(change));
        }
        if (progress == Progress.COMMITTED && own.at == At.REST) { // otherwise a heartbeat has the lock
            go(
                    state,
                    change + " catches up",
                    state.with(change, own.poll(state.committed, other.joins)).with(change, Progress.CAUGHT_UP));
        }
        boolean confirmed = !other.live || (other.seen & 1 << change) != 0;
        boolean mayRespond = !rules.contains(Rule.WAIT) || (own.alone && own.usesCache()) || confirmed;
        if (progress == Progress.CAUGHT_UP && mayRespond) {
            go(state, "acknowledge " + change, state.with(change, Progress.ACKNOWLEDGED));
        }
        boolean leasesEnded =
                state.instances.stream().allMatch(instance -> !instance.trusted || (instance.base & 1 << change) != 0);
        if ((progress == Progress.COMMITTED || progress == Progress.CAUGHT_UP) && leasesEnded) {
            go(state, "acknowledge " + change + " after a lease", state.with(change, Progress.ACKNOWLEDGED));
        }
    }

    private void heartbeat(State state, int i) {
        Instance own = state.instances.get(i);
        Row row = state.rows.get(i);
        Row other = state.rows.get(1 - i);
        switch (own.at) {
            case REST -> {
                if (own.trusted || !rules.contains(Rule.RESTART)) {
                    Instance polled = own.begin(state.committed).poll(state.committed, other.joins);
                    go(state, i + " polls", state.with(i, polled.at(At.POLLED)));
                } else {
                    go(state, i + " restarts", state.with(i, own.restart(state.committed)));
                }
            }
            case JOINING -> {
                if (row.joins < MAX_JOINS) { // bounds the search
                    go(
                            state,
                            i + " joins",
                            state.with(i, new Row(true, state.committed, other.joins, row.joins + 1))
                                    .with(i, own.trust(true).at(At.JOINED)));
                }
            }
            case JOINED -> {
                Instance polled = own.poll(state.committed, other.joins);
                go(state, i + " polls all", state.with(i, polled.at(At.POLLED)));
            }
            case POLLED -> confirm(state, i);
            case CONFIRMED -> {
                boolean behind = other.live && ((own.known & ~other.seen) != 0 || other.joinsSeen < row.joins);
                go(
                        state,
                        i + (behind ? " is not introduced" : " is introduced"),
                        state.with(i, own.introduce(false, !behind).at(At.REST)));
            }
        }
    }

    private void confirm(State state, int i) {
        Instance own = state.instances.get(i);
        Row other = state.rows.get(1 - i);
        State confirmed = state.with(i, new Row(true, own.known, own.joinsPolled, state.rows.get(i).joins));
        if (!own.trusted && rules.containsAll(Set.of(Rule.RESTART, Rule.CONFIRM_IN_TIME))) {
            go(state, i + " confirms too late", confirmed.with(i, own.restart(state.committed)));
        } else if (!other.live || own.introduced) {
            Instance trusted = own.introduce(!other.live, true).trust(true);
            go(state, i + " confirms", confirmed.with(i, trusted.at(At.REST)));
        } else {
            Instance trusted = own.introduce(false, false).trust(true);
            go(state, i + " confirms", confirmed.with(i, trusted.at(At.CONFIRMED)));
        }
    }

    /** A lease ends before the other instance stops waiting. */
    private void passTime(State state, int i) {
        Instance own = state.instances.get(i);
        if (own.trusted) {
            go(state, i + "'s lease ends", state.with(i, own.trust(false)));
        } else if (state.rows.get(i).live) {
            go(
                    state,
                    i + " is no longer waited for",
                    state.with(i, state.rows.get(i).lapsed()));
        }
    }
}
