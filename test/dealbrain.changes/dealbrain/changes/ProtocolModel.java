package dealbrain.changes;

import static dealbrain.changes.ProtocolState.NONE;

import dealbrain.changes.ProtocolState.At;
import dealbrain.changes.ProtocolState.Change;
import dealbrain.changes.ProtocolState.Command;
import dealbrain.changes.ProtocolState.Command.Kind;
import dealbrain.changes.ProtocolState.Common;
import dealbrain.changes.ProtocolState.Database;
import dealbrain.changes.ProtocolState.Instance;
import dealbrain.changes.ProtocolState.Lease;
import dealbrain.changes.ProtocolState.Members;
import dealbrain.changes.ProtocolState.Poll;
import dealbrain.changes.ProtocolState.Progress;
import dealbrain.changes.ProtocolState.Reader;
import dealbrain.changes.ProtocolState.Snapshots;
import dealbrain.changes.ProtocolState.Value;
import dealbrain.changes.ProtocolState.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model of the protocol of {@link ChangeLog} whose states are searched exhaustively: two instances, the second of
 * which starts at some time, and two changes, each made and acknowledged by one of the instances. Breadth first, so
 * that the trace to a stale read is a shortest one.
 *
 * <p>Each statement and each publication is a step of its own, so that an instance may pause between any two for any
 * time. What clocks guarantee is that an instance that has waited for 1.25 leases outlasts each lease that counts from
 * before the wait ({@link #evict}, {@link #settle}). Otherwise leases do not end in the model: an instance that uses
 * its cache as long as it may is the harder case.
 *
 * <p>A value that was read at any time may be anywhere from then on: with its reader, in the memory of either instance,
 * on the way to Redis, in Redis, or in a file that Redis restores. So a late store, and a Redis that loses or restores
 * entries need no steps: in each state, every value that was ever read is offered to each instance.
 *
 * <p>It shows that no stale read is possible, not that a writer is always acknowledged in the end.
 */
final class ProtocolModel {
    /** What happens besides polls, joins and changes. All at once would be too many states. */
    enum Scenario {
        /** Evictions and confirmations arrive late. */
        EVICTION,
        /** Joins arrive late. */
        JOINING,
        /** Slow members leave and join again; evictions arrive late. */
        LEAVING,
        /** A read takes the view and looks into it later; polls return too many rows. */
        READS,
        /** A long transaction, and the sweep of the log; the second instance may be evicted. */
        LOG,
        /** PostgreSQL crashes; a transaction was rolled back before. The second instance makes a change. */
        CRASH,
        /** It crashes again while the command that ends the wait after the first crash is on its way. */
        SECOND_CRASH;

        boolean hasLateEvictions() {
            return this == EVICTION || this == LEAVING;
        }

        boolean hasCrash() {
            return this == CRASH || this == SECOND_CRASH;
        }
    }

    /** A rule of the protocol that a test can switch off. */
    enum Rule {
        /** An entry is used only if its snapshot contains the poll that found the last change of its tags. */
        CHECK(Scenario.EVICTION),
        /** A writer waits until each other member has confirmed its change. */
        WAIT(Scenario.EVICTION),
        /** The writer's own poll starts after its commit. */
        POLL_AFTER_COMMIT(Scenario.EVICTION),
        /** The cache is not used after the end of the lease. */
        LEASE(Scenario.EVICTION),
        /** A lease counts from before the poll. */
        LEASE_FROM_BEFORE_THE_POLL(Scenario.EVICTION),
        /** A member of a group renews its lease by the confirmation, which moves its beat; not by a poll. */
        GROUP_RENEWS_BY_WRITE(Scenario.EVICTION),
        /** A confirmation that does not find its row renews nothing. */
        RENEW_ONLY_WITH_ROW(Scenario.EVICTION),
        /** What a poll has found is published before it is confirmed. */
        PUBLISH_BEFORE_CONFIRMATION(Scenario.EVICTION),
        /** An evicted instance joins under a new id. */
        REJOIN_UNDER_NEW_ID(Scenario.JOINING),
        /** The poll that a new member confirms starts after its row was committed. */
        POLL_AFTER_JOIN(Scenario.EVICTION),
        /** A member is evicted when its beat has not moved for 1.25 leases. */
        EVICT_ONLY_AFTER_LEASE(Scenario.EVICTION),
        /** The time of a beat counts from after the first poll that shows it. */
        WATCH_FROM_AFTER_THE_POLL(Scenario.EVICTION),
        /** An eviction deletes the row only if its beat has not moved. */
        EVICT_ONLY_UNMOVED(Scenario.EVICTION),
        /** A member that is alone renews its lease by a confirmation, too: one that has left may still watch it. */
        ALONE_RENEWS_BY_WRITE(Scenario.LEAVING),
        /** A slow member ends its lease before it deletes its row. */
        LEAVE_AFTER_LEASE(Scenario.LEAVING),
        /** A view never changes. Otherwise the map is emptied in place, after the end of the lease. */
        IMMUTABLE_VIEW(Scenario.READS),
        /** An entry that does not contain the base is not used. */
        BASE(Scenario.LOG),
        /** The rows that are deleted are those that are visible in a recorded snapshot. */
        DELETE_BY_SNAPSHOT(Scenario.LOG),
        /** An instance whose position does not contain the horizon moves its base. */
        CHECK_HORIZON(Scenario.LOG),
        /** The generation changes with a crash. */
        INCARNATION(Scenario.CRASH),
        /** In a new generation, writers wait until all older leases have ended. */
        SETTLE(Scenario.CRASH),
        /** The end of the wait settles only the incarnation for which it was. */
        SETTLE_OWN_INCARNATION(Scenario.SECOND_CRASH),
        /** The generation of a stamp is taken before the value is read. */
        GENERATION_BEFORE_READ(Scenario.CRASH);

        private final Scenario scenario;

        Rule(Scenario scenario) {
            this.scenario = scenario;
        }

        /** Returns a scenario in which it is needed. */
        Scenario scenario() {
            return scenario;
        }
    }

    /** How many transactions there may be: bounds the search. */
    private static final int MAX_IDS = 2;

    /** The number of the instance in a step that no instance takes. */
    private static final int NOBODY = -1;

    /** A state: the numbers of its parts, which saves memory. */
    private record Key(int common, int first, int second) {}

    /** How a state was found first. */
    private record Step(@Nullable Key from, int instance, String name) {}

    /** Equal parts of states are one object with a number. */
    private static final class Pool<T> {
        private final Map<T, Integer> numbers = new HashMap<>();
        private final List<T> parts = new ArrayList<>();

        int number(T part) {
            Integer known = numbers.putIfAbsent(part, parts.size());
            if (known != null) {
                return known;
            }
            parts.add(part);
            return parts.size() - 1;
        }

        T get(int number) {
            return parts.get(number);
        }
    }

    private final Scenario scenario;
    private final Set<Rule> rules;
    private final Pool<Common> commons = new Pool<>();
    private final Pool<Instance> instances = new Pool<>();
    private final Map<Key, Step> visited = new HashMap<>();
    private final Deque<Key> open = new ArrayDeque<>();
    /** The state whose steps are taken. */
    private Key current;

    private long uses;

    ProtocolModel(Scenario scenario, Set<Rule> rules) {
        this.scenario = scenario;
        this.rules = rules;
        this.current = key(ProtocolState.FIRST);
    }

    int visited() {
        return visited.size();
    }

    /** Returns how many times an entry was used. */
    long uses() {
        return uses;
    }

    private boolean has(Rule rule) {
        return rules.contains(rule);
    }

    /** Returns the shortest sequence of steps to a read that misses an acknowledged change; empty if there is none. */
    List<String> findStaleRead() {
        visited.put(current, new Step(null, 0, "starts"));
        open.add(current);
        while (!open.isEmpty()) {
            current = open.remove();
            ProtocolState state = state(current);
            for (int i = 0; i < 2; i++) {
                if (readsStale(state, i)) {
                    return path(i + " uses a stale entry");
                }
            }
            steps(state);
        }
        return List.of();
    }

    private List<String> path(String end) {
        List<String> path = new ArrayList<>(List.of(end));
        for (Step step = visited.get(current); step.from != null; step = visited.get(step.from)) {
            path.addFirst(step.instance == NOBODY ? step.name : step.instance + " " + step.name);
        }
        return path;
    }

    private void go(int instance, String name, ProtocolState to) {
        Key next = key(to);
        if (visited.putIfAbsent(next, new Step(current, instance, name)) == null) {
            open.add(next);
        }
    }

    private Key key(ProtocolState state) {
        return new Key(
                commons.number(state.common()), instances.number(state.first()), instances.number(state.second()));
    }

    private ProtocolState state(Key key) {
        return new ProtocolState(commons.get(key.common), instances.get(key.first), instances.get(key.second));
    }

    private void steps(ProtocolState state) {
        for (int i = 0; i < 2; i++) {
            change(state, i);
            poller(state, i);
            leave(state, i);
            evict(state, i);
            settle(state, i);
            read(state, i);
        }
        executeCommand(state);
        sweep(state);
        crash(state);
    }

    // Step 4: the check

    private boolean usesCache(Instance instance) {
        return instance.view().generation() != NONE && (instance.lease() != Lease.ENDED || !has(Rule.LEASE));
    }

    private boolean isCurrent(Value value, View view) {
        return !differs(value.generation(), view.generation())
                && (!has(Rule.BASE) || contains(value, view.base()))
                && (!has(Rule.CHECK) || contains(value, view.found()));
    }

    private static boolean contains(Value value, int position) {
        return position == NONE || Snapshots.contains(value.snapshot(), position);
    }

    private boolean differs(int generation, int other) {
        return has(Rule.INCARNATION) && generation != other;
    }

    /**
     * A read takes the view and checks its lease, and looks into the view later. As the view is immutable, the result
     * is the same at any time, so that the two steps are separate in one scenario only.
     */
    private boolean readsStale(ProtocolState state, int i) {
        if (scenario != Scenario.READS) {
            return usesCache(state.instance(i))
                    && findsStale(
                            state, state.instance(i).view(), state.database().acknowledged());
        }
        Reader reader = state.reader();
        View view = has(Rule.IMMUTABLE_VIEW) ? reader.view() : state.instance(i).view();
        return reader.instance() == i && findsStale(state, view, reader.acknowledged());
    }

    private boolean findsStale(ProtocolState state, View view, int acknowledged) {
        boolean stale = false;
        for (Value value : state.database().values()) {
            if (isCurrent(value, view)) {
                uses++;
                stale |= (acknowledged & ~value.changes()) != 0;
            }
        }
        return stale;
    }

    private void read(ProtocolState state, int i) {
        Instance own = state.instance(i);
        boolean mayBeStale = state.database().acknowledged() != 0 && usesCache(own);
        if (scenario == Scenario.READS && state.reader().instance() < 0 && mayBeStale) {
            View view = has(Rule.IMMUTABLE_VIEW) ? own.view() : View.NONE;
            go(
                    i,
                    "starts to read",
                    state.with(new Reader(i, view, state.database().acknowledged())));
        } else if (state.reader().instance() == i) {
            go(i, "ends the read", state.with(Reader.NONE));
        }
    }

    // Steps 1, 2 and 5: change c is made and acknowledged by instance c

    private void change(ProtocolState state, int c) {
        Database database = state.database();
        switch (database.change(c).progress()) {
            case NOT_BEGUN -> {
                if (Snapshots.next(database.now()) < MAX_IDS && (!scenario.hasCrash() || c == 1)) {
                    ProtocolState begun = read(state.with(database.begin(c)));
                    if (scenario == Scenario.LOG && c == 0) {
                        go(c, "begins a change", begun);
                    } else {
                        go(c, "commits", read(begun.with(begun.database().commit(c))));
                    }
                }
            }
            case BEGUN -> go(c, "commits", read(state.with(database.commit(c))));
            case CONFIRMED ->
                go(
                        c,
                        "acknowledges",
                        state.with(database.with(c, database.change(c).to(Progress.ACKNOWLEDGED))));
            default -> {}
        }
    }

    private ProtocolState read(ProtocolState state) {
        return state.with(state.database().read(has(Rule.GENERATION_BEFORE_READ)));
    }

    /** Returns whether a poll that is made now shows that no other member must confirm change {@code c}. */
    private boolean isConfirmed(ProtocolState state, int c) {
        Change change = state.database().change(c);
        Members members = state.members();
        int other = members.seen(1 - c);
        return (change.progress() == Progress.COMMITTED || !has(Rule.POLL_AFTER_COMMIT))
                && state.database().settled()
                && (!has(Rule.WAIT) || (!members.stray() && (other == NONE || change.isVisibleIn(other))));
    }

    // Steps 3 and 6: poll, apply, confirm, join

    private void poller(ProtocolState state, int i) {
        Instance own = state.instance(i);
        switch (own.at()) {
            case REST -> {
                if (state.database().incarnation() == NONE) {
                    go(i, "finds no incarnation", state.with(i, own.at(At.INCARNATING)));
                } else {
                    poll(state, i, false);
                    if (scenario == Scenario.READS) {
                        poll(state, i, true);
                    }
                }
            }
            case INCARNATING -> {
                Database database = state.database();
                Database next = database.incarnation() == NONE ? database.incarnate(!has(Rule.SETTLE)) : database;
                go(
                        i,
                        "inserts an incarnation",
                        read(state.with(i, own.at(At.REST)).with(next)));
            }
            case POLLED -> apply(state, i);
            case CONFIRMING -> confirm(state, i);
            case CONFIRMED -> go(i, "renews its lease", renew(state, i, At.REST));
            case JOINING -> join(state, i);
            case LEAVING -> go(i, "deletes its row", remove(state.with(i, own.at(At.REST)), i));
        }
    }

    private void poll(ProtocolState state, int i, boolean tooManyRows) {
        Instance own = state.instance(i);
        Members members = state.members();
        Poll poll = new Poll(
                view(state.database(), own.view(), tooManyRows),
                members.has(i),
                members.has(1 - i) || members.stray(),
                members.has(1 - i) && evicts(i),
                isConfirmed(state, i),
                state.database().settled());
        go(i, tooManyRows ? "polls too many rows" : "polls", state.with(i, own.polled(lease(state, i), poll)));
    }

    /** Returns a lease that counts from now. */
    private static Lease lease(ProtocolState state, int i) {
        return state.instance(1 - i).watches() ? Lease.AFTER : Lease.BEFORE;
    }

    /** Returns what is to be published after a poll. */
    private View view(Database database, View last, boolean tooManyRows) {
        boolean starts = last.position() == NONE || differs(last.generation(), database.incarnation());
        int since = starts ? database.horizon() : last.position();
        boolean mayMiss = has(Rule.CHECK_HORIZON) && !Snapshots.contains(since, database.horizon());
        if (tooManyRows || mayMiss) {
            return new View(database.incarnation(), database.now(), NONE, database.now());
        }
        boolean changed = false;
        for (int c = 0; c < 2; c++) {
            boolean logged = (database.deleted() & 1 << c) == 0;
            Change change = database.change(c);
            changed |= logged && change.isVisibleIn(database.now()) && !Snapshots.sees(since, change.id());
        }
        int found = changed ? database.now() : starts ? NONE : last.found();
        return new View(database.incarnation(), starts ? since : last.base(), found, database.now());
    }

    private void apply(ProtocolState state, int i) {
        Instance own = state.instance(i);
        Poll poll = own.poll();
        if (!has(Rule.IMMUTABLE_VIEW)
                && poll.view().found() == NONE
                && own.view().found() != NONE) {
            Instance emptied = own.publish(own.view().emptied(), own.settled()).with(Lease.ENDED, own.next());
            go(i, "ends its lease and empties its map", state.with(i, emptied));
            return;
        }
        if (!has(Rule.PUBLISH_BEFORE_CONFIRMATION) && poll.member()) {
            go(i, "confirms", moved(state, i, poll.view().position()));
        }
        ProtocolState published = state.with(i, own.publish(poll.view(), poll.settled()));
        Change change = state.database().change(i);
        if (poll.confirmed() && change.progress() == Progress.COMMITTED) {
            published = published.with(state.database().with(i, change.to(Progress.CONFIRMED)));
        }
        go(i, "publishes the poll", afterPoll(watch(published, i, poll), i, poll));
    }

    private ProtocolState afterPoll(ProtocolState state, int i, Poll poll) {
        Instance own = state.instance(i);
        if (!poll.member()) {
            return own.left() ? state.with(i, own.at(At.REST)) : joining(state, i);
        }
        if (!poll.others() && !has(Rule.ALONE_RENEWS_BY_WRITE)) {
            return renew(state, i, At.REST);
        }
        return has(Rule.GROUP_RENEWS_BY_WRITE) ? state.with(i, own.at(At.CONFIRMING)) : renew(state, i, At.CONFIRMING);
    }

    private ProtocolState renew(ProtocolState state, int i, At at) {
        Instance own = state.instance(i);
        Lease next = has(Rule.LEASE_FROM_BEFORE_THE_POLL) ? own.next() : lease(state, i);
        return state.with(i, own.with(next, own.next()).at(at));
    }

    /** Begins to watch the beat of the other instance, or continues if it has not moved. */
    private ProtocolState watch(ProtocolState state, int i, Poll poll) {
        Instance own = state.instance(i);
        return poll.beat() == own.watches() ? state : watches(state, i, poll.beat());
    }

    private static ProtocolState watches(ProtocolState state, int i, boolean yes) {
        return state.with(i, state.instance(i).watch(yes))
                .with(1 - i, state.instance(1 - i).watched());
    }

    private void confirm(ProtocolState state, int i) {
        Instance own = state.instance(i);
        int position = own.view().position();
        if (scenario.hasLateEvictions()) {
            go(i, "does not confirm", state.with(i, own.at(At.REST)));
        }
        if (state.members().has(i)) {
            go(i, "confirms", moved(state.with(i, own.at(At.CONFIRMED)), i, position));
        } else if (has(Rule.RENEW_ONLY_WITH_ROW)) {
            go(i, "finds no row to confirm", joining(state, i));
        } else {
            go(i, "ignores that its row is missing", state.with(i, own.at(At.CONFIRMED)));
        }
        if (scenario == Scenario.EVICTION) {
            Command command = new Command(Kind.CONFIRM, i, position);
            send(state.with(i, own.at(At.REST)), state, i, "abandons its confirmation", command);
        }
    }

    private ProtocolState joining(ProtocolState state, int i) {
        Instance own = state.instance(i);
        Instance joining = has(Rule.POLL_AFTER_JOIN) ? own.with(own.lease(), Lease.ENDED) : own;
        return state.with(i, joining.left(false).at(At.JOINING));
    }

    private void join(ProtocolState state, int i) {
        Instance own = state.instance(i);
        At next = has(Rule.POLL_AFTER_JOIN) || own.view().position() == NONE ? At.REST : At.CONFIRMING;
        go(i, "joins", moved(state.with(i, own.at(next)), i, state.database().now()));
        if (scenario == Scenario.JOINING) {
            send(state, state, i, "abandons its join", new Command(Kind.JOIN, i, NONE));
        }
    }

    /** Inserts or updates the row of {@code i}, so that its last beat is no longer watched. */
    private ProtocolState moved(ProtocolState state, int i, int seen) {
        ProtocolState next = state.with(state.members().with(i, seen));
        Instance other = state.instance(1 - i);
        if (has(Rule.EVICT_ONLY_UNMOVED) && state.members().command().is(Kind.EVICT, i)) {
            next = next.with(next.members().with(Command.NONE));
        }
        if (has(Rule.WATCH_FROM_AFTER_THE_POLL)) {
            next = watches(next.with(1 - i, other.with(other.poll().withoutBeat())), 1 - i, false);
        }
        return next;
    }

    /** Deletes the row of {@code i}: later commands for its id find nothing, unless it is inserted with the same id. */
    private ProtocolState remove(ProtocolState state, int i) {
        ProtocolState next = moved(state, i, NONE);
        Command command = state.members().command();
        if (has(Rule.REJOIN_UNDER_NEW_ID) && command.is(Kind.CONFIRM, i)) {
            next = next.with(next.members().with(Command.NONE));
        }
        return next;
    }

    private void leave(ProtocolState state, int i) {
        Instance own = state.instance(i);
        if (scenario != Scenario.LEAVING || own.at() != At.REST) {
            return;
        }
        if (own.left()) {
            go(i, "is no longer slow", joining(state, i));
        } else if (state.members().has(i)) {
            Lease lease = has(Rule.LEAVE_AFTER_LEASE) ? Lease.ENDED : own.lease();
            Instance leaving = own.with(lease, own.next()).left(true).at(At.LEAVING);
            go(i, "leaves", state.with(i, leaving));
        }
    }

    /** Returns whether instance {@code i} watches the other, so that it may evict it. */
    private boolean evicts(int i) {
        return scenario.hasLateEvictions() || scenario == Scenario.JOINING || (scenario == Scenario.LOG && i == 0);
    }

    /** An instance that watches a beat for 1.25 leases outlasts each lease that counts from before. */
    private void evict(ProtocolState state, int i) {
        Instance own = state.instance(i);
        Instance other = state.instance(1 - i);
        if (own.at() == At.REST && own.watches()) {
            ProtocolState later = has(Rule.EVICT_ONLY_AFTER_LEASE) ? state.with(1 - i, other.outlasted()) : state;
            ProtocolState next = watches(later, i, false);
            if (scenario.hasLateEvictions()) {
                send(next, state, i, "sees no beat for 1.25 leases", new Command(Kind.EVICT, 1 - i, NONE));
            } else {
                go(i, "evicts the other", remove(next, 1 - i));
            }
        }
    }

    // Step 7: generations

    /** An instance that waits for 1.25 leases in a new generation outlasts each lease of an older one. */
    private void settle(ProtocolState state, int i) {
        Instance own = state.instance(i);
        int generation = own.view().generation();
        if (own.at() == At.REST && !own.settled()) {
            ProtocolState later = state.with(0, state.first().outlasted(generation))
                    .with(1, state.second().outlasted(generation));
            send(later, state, i, "waits for 1.25 leases", new Command(Kind.SETTLE, i, generation));
        }
    }

    private void crash(ProtocolState state) {
        Database database = state.database();
        if (scenario == Scenario.CRASH && Snapshots.next(database.now()) < MAX_IDS) {
            go(NOBODY, "a transaction is rolled back", read(state.with(database.rollBack())));
        }
        boolean first = scenario.hasCrash() && database.incarnations() == 1;
        boolean second = scenario == Scenario.SECOND_CRASH
                && database.incarnations() == 2
                && state.members().command().kind() == Kind.SETTLE;
        if (database.incarnation() != NONE && (first || second)) {
            go(NOBODY, "PostgreSQL crashes", read(remove(remove(state.with(database.crash()), 0), 1)));
        }
    }

    // Commands that are executed later

    /** One command may be on its way. */
    private void send(ProtocolState next, ProtocolState state, int i, String name, Command command) {
        if (state.members().command().kind() == Kind.NOTHING) {
            go(i, name, next.with(next.members().with(command)));
        }
    }

    private void executeCommand(ProtocolState state) {
        Command command = state.members().command();
        int i = command.instance();
        ProtocolState next = state.with(state.members().with(Command.NONE));
        Members members = next.members();
        switch (command.kind()) {
            case EVICT -> go(i, "is evicted", remove(next, i));
            case CONFIRM -> go(i, "confirms late", members.has(i) ? moved(next, i, command.argument()) : next);
            case JOIN -> {
                ProtocolState joined = has(Rule.REJOIN_UNDER_NEW_ID)
                        ? next.with(members.withStray(true))
                        : members.has(i)
                                ? next
                                : moved(next, i, state.database().now());
                go(i, "joins late", joined);
            }
            case SETTLE -> {
                boolean own = state.database().incarnation() == command.argument() || !has(Rule.SETTLE_OWN_INCARNATION);
                go(i, "settles", own ? next.with(state.database().settle()) : next);
            }
            case NOTHING -> {}
        }
        if (members.stray()) {
            go(
                    NOBODY,
                    "the row without an instance is deleted",
                    state.with(state.members().withStray(false)));
        }
    }

    // The sweep

    private void sweep(ProtocolState state) {
        Database database = state.database();
        if (scenario != Scenario.LOG) {
            return;
        }
        if (database.recorded() == NONE && database.horizon() == Snapshots.EMPTY && database.now() != Snapshots.EMPTY) {
            go(
                    NOBODY,
                    "the sweep records a checkpoint",
                    state.with(database.withCheckpoints(database.now(), database.horizon(), database.deleted())));
        } else if (database.recorded() != NONE) {
            int deleted = database.deleted();
            for (int c = 0; c < 2; c++) {
                Change change = database.change(c);
                boolean old = has(Rule.DELETE_BY_SNAPSHOT)
                        ? change.isVisibleIn(database.recorded())
                        : change.isCommitted() && change.id() < Snapshots.next(database.recorded());
                deleted |= old ? 1 << c : 0;
            }
            go(
                    NOBODY,
                    "the sweep deletes what the checkpoint contains",
                    state.with(database.withCheckpoints(NONE, database.recorded(), deleted)));
        }
    }
}
