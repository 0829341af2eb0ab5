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
 * What {@link ChangeLog} and its tables do, as a machine whose every state can be visited: two programs, of which the second
 * begins to listen some time, and two changes, each made and acknowledged by one of them. Each statement is a step of its own,
 * so between any two of them a program may stand still until its lease has run out and longer.
 *
 * <p>What a reader has read at any time may lie anywhere from then on: in a reader's hands, in the memory of either program, on
 * its way to Redis, in Redis, in a file from which Redis comes back. Hence a late reader, a late store, a Redis that loses or
 * restores need no steps: in each state, each program that trusts itself is asked about everything that was ever read. Sets of
 * changes are bits.
 */
final class ProtocolModel {
    /** What can be switched off. */
    enum Rule {
        /** A kept value is used only if every known change is visible in its snapshot. */
        CHECK,
        /** Who made a change waits for the other program. */
        WAIT,
        /** Who was away for longer than a lease forgets, joins the list anew and hears of everything. */
        BEGIN_ANEW,
        /** A confirmation that took until after the lease does not renew it. */
        CONFIRM_IN_TIME
    }

    private static final int MOST_JOINS = 2;

    /** Where a program is between two statements. */
    enum At {
        REST,
        HEARD,
        CONFIRMED,
        JOINING,
        JOINED
    }

    /** @param start what had been committed when its beat began; {@code base}: when the one began that its trust comes from */
    record Program(
            At at, int known, int joinsHeard, boolean alone, boolean introduced, boolean trusted, int start, int base) {
        static final Program FIRST = new Program(At.REST, 0, 0, true, true, true, 0, 0);
        static final Program NEW = new Program(At.JOINING, 0, 0, false, false, false, 0, 0);

        boolean uses() {
            return introduced && trusted;
        }

        Program at(At next) {
            return new Program(next, known, joinsHeard, alone, introduced, trusted, next == At.REST ? 0 : start, base);
        }

        Program hear(int committed, int joins) {
            return new Program(
                    at, known | committed, joins, alone && joins == joinsHeard, introduced, trusted, start, base);
        }

        Program begin(int committed) {
            return new Program(at, known, joinsHeard, alone, introduced, trusted, committed, base);
        }

        Program trust(boolean yes) {
            return new Program(at, known, joinsHeard, alone, introduced, yes, start, yes ? start : 0);
        }

        Program introduce(boolean nobodyElse, boolean isKnown) {
            return new Program(at, known, joinsHeard, nobodyElse, isKnown, trusted, start, base);
        }

        Program anew(int committed) {
            return new Program(At.JOINING, 0, 0, false, false, false, committed, base);
        }
    }

    /** A row of {@code change_listener}, and how often it was put there. */
    record Row(boolean live, int seen, int joinsSeen, int joins) {
        Row lapsed() {
            return new Row(false, 0, 0, joins); // nobody looks at the rest
        }
    }

    /** How far the acknowledgement of a change is. */
    enum Answer {
        NONE,
        COMMITTED,
        CAUGHT_UP,
        GIVEN
    }

    record State(List<Program> programs, List<Row> rows, List<Answer> answers, int committed, Set<Integer> everRead) {
        static final State FIRST = new State(
                List.of(Program.FIRST, Program.NEW),
                List.of(new Row(true, 0, 0, 1), new Row(false, 0, 0, 0)),
                List.of(Answer.NONE, Answer.NONE),
                0,
                Set.of(0));

        State with(int p, Program program) {
            return new State(replaced(programs, p, program), rows, answers, committed, everRead);
        }

        State with(int p, Row row) {
            return new State(programs, replaced(rows, p, row), answers, committed, everRead);
        }

        State with(int change, Answer answer) {
            return new State(programs, rows, replaced(answers, change, answer), committed, everRead);
        }

        State commit(int change) {
            int next = committed | 1 << change;
            List<Integer> all = new ArrayList<>(everRead);
            all.add(next);
            return new State(programs, rows, replaced(answers, change, Answer.COMMITTED), next, Set.copyOf(all));
        }

        private static <T> List<T> replaced(List<T> list, int index, T element) {
            return index == 0 ? List.of(element, list.get(1)) : List.of(list.get(0), element);
        }

        int acknowledged() {
            return (answers.get(0) == Answer.GIVEN ? 1 : 0) | (answers.get(1) == Answer.GIVEN ? 2 : 0);
        }
    }

    private record Step(@Nullable State from, String what) {}

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

    /** How many times a kept value was used. */
    int uses() {
        return uses;
    }

    /** The shortest way to a read that is older than an acknowledged change; empty when there is none. */
    List<String> findOlderRead() {
        visited.put(State.FIRST, new Step(null, "start"));
        open.add(State.FIRST);
        while (!open.isEmpty()) {
            State state = open.remove();
            for (int p = 0; p < 2; p++) {
                if (readsOlder(state, state.programs.get(p))) {
                    return way(state, "program " + p + " uses what is older");
                }
            }
            steps(state);
        }
        return List.of();
    }

    private boolean readsOlder(State state, Program program) {
        boolean older = false;
        for (int read : state.everRead) {
            if (program.uses() && (!rules.contains(Rule.CHECK) || (program.known & ~read) == 0)) {
                uses++;
                older |= (state.acknowledged() & ~read) != 0;
            }
        }
        return older;
    }

    private List<String> way(State state, String end) {
        List<String> way = new ArrayList<>(List.of(end));
        for (Step step = visited.get(state); step.from != null; step = visited.get(step.from)) {
            way.addFirst(step.what);
        }
        return way;
    }

    private void steps(State state) {
        for (int each = 0; each < 2; each++) {
            answer(state, each);
            beat(state, each);
            time(state, each);
        }
    }

    private void go(State from, String what, State next) {
        if (visited.putIfAbsent(next, new Step(from, what)) == null) {
            open.add(next);
        }
    }

    /** Each change is made, and acknowledged, by the program of the same number. */
    private void answer(State state, int change) {
        Answer answer = state.answers.get(change);
        Program own = state.programs.get(change);
        Row other = state.rows.get(1 - change);
        if (answer == Answer.NONE) {
            go(state, "commit " + change, state.commit(change));
        }
        if (answer == Answer.COMMITTED && own.at == At.REST) { // a beat has the lock
            go(
                    state,
                    change + " catches up",
                    state.with(change, own.hear(state.committed, other.joins)).with(change, Answer.CAUGHT_UP));
        }
        boolean heard = !other.live || (other.seen & 1 << change) != 0;
        if (answer == Answer.CAUGHT_UP && (!rules.contains(Rule.WAIT) || (own.alone && own.uses()) || heard)) {
            go(state, "answer " + change, state.with(change, Answer.GIVEN));
        }
        boolean allLate =
                state.programs.stream().allMatch(program -> !program.trusted || (program.base & 1 << change) != 0);
        if ((answer == Answer.COMMITTED || answer == Answer.CAUGHT_UP) && allLate) {
            go(state, "answer " + change + " after a lease", state.with(change, Answer.GIVEN));
        }
    }

    private void beat(State state, int p) {
        Program own = state.programs.get(p);
        Row row = state.rows.get(p);
        Row other = state.rows.get(1 - p);
        switch (own.at) {
            case REST -> {
                if (own.trusted || !rules.contains(Rule.BEGIN_ANEW)) {
                    go(
                            state,
                            p + " hears",
                            state.with(
                                    p,
                                    own.begin(state.committed)
                                            .hear(state.committed, other.joins)
                                            .at(At.HEARD)));
                } else {
                    go(state, p + " begins anew", state.with(p, own.anew(state.committed)));
                }
            }
            case JOINING -> {
                if (row.joins < MOST_JOINS) { // or it would never end
                    go(
                            state,
                            p + " joins",
                            state.with(p, new Row(true, state.committed, other.joins, row.joins + 1))
                                    .with(p, own.trust(true).at(At.JOINED)));
                }
            }
            case JOINED ->
                go(
                        state,
                        p + " hears all",
                        state.with(p, own.hear(state.committed, other.joins).at(At.HEARD)));
            case HEARD -> {
                State confirmed = state.with(p, new Row(true, own.known, own.joinsHeard, row.joins));
                if (!own.trusted && rules.containsAll(Set.of(Rule.BEGIN_ANEW, Rule.CONFIRM_IN_TIME))) {
                    go(state, p + " confirms too late", confirmed.with(p, own.anew(state.committed)));
                } else if (!other.live || own.introduced) {
                    go(
                            state,
                            p + " confirms",
                            confirmed.with(
                                    p,
                                    own.introduce(!other.live, true).trust(true).at(At.REST)));
                } else {
                    go(
                            state,
                            p + " confirms",
                            confirmed.with(
                                    p, own.introduce(false, false).trust(true).at(At.CONFIRMED)));
                }
            }
            case CONFIRMED -> {
                boolean behind = other.live && ((own.known & ~other.seen) != 0 || other.joinsSeen < row.joins);
                go(
                        state,
                        p + (behind ? " is not known" : " is known"),
                        state.with(p, own.introduce(false, !behind).at(At.REST)));
            }
        }
    }

    /** A lease ends before the time that others wait. */
    private void time(State state, int p) {
        Program own = state.programs.get(p);
        if (own.trusted) {
            go(state, p + "'s lease ends", state.with(p, own.trust(false)));
        } else if (state.rows.get(p).live) {
            go(
                    state,
                    p + " is not waited for any more",
                    state.with(p, state.rows.get(p).lapsed()));
        }
    }
}
