package dealbrain.perf;

import dealbrain.perf.Benchmark.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measures how long changes take while one of three instances is frozen, or while its database connection is slow. */
final class GroupFaultBenchmark {
    private static final int ROUNDS = 3;
    /** The default of {@code DEALBRAIN_CACHE_LEASE_MS}. */
    private static final Duration LEASE = Duration.ofSeconds(2);

    private static final Duration PHASE = Duration.ofSeconds(2);
    /** Longer than a lease and a quarter, after which the others no longer wait for a frozen instance. */
    private static final Duration FROZEN = Duration.ofSeconds(4);

    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration STATEMENT_DELAY = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofSeconds(10);

    /**
     * The latencies of one instance in a round.
     *
     * @param before  without a fault
     * @param atOnce  from the moment of the fault on
     * @param later   10 s after a connection became slow; the first change after the longest one for a frozen instance
     */
    private record Round(Latencies before, Latencies atOnce, Latencies later) {}

    /** A group whose last instance reaches the database through a proxy. */
    private record Subject(InstanceGroup group, ServerProcess last, DelayingProxy proxy) {}

    /** A round of a group. */
    private interface Fault {
        Round run(Subject subject) throws Exception;
    }

    private final TestBed testBed;
    private final Progress progress;
    private final Results results;
    private final List<Program> programs;

    GroupFaultBenchmark(TestBed testBed, Progress progress, Results results, List<Program> programs) {
        this.testBed = testBed;
        this.progress = progress;
        this.results = results;
        this.programs = programs;
    }

    void run() throws Exception {
        List<Subject> subjects = new ArrayList<>();
        try {
            for (Program program : programs) {
                subjects.add(start(program));
            }
            progress.show("changes while an instance is frozen");
            reportFrozen(rounds(subjects, GroupFaultBenchmark::freeze));
            progress.show("changes while an instance is slow");
            reportSlow(rounds(subjects, GroupFaultBenchmark::slowDown));
        } finally {
            for (Subject subject : subjects) {
                subject.group.close();
                subject.proxy.close();
            }
        }
    }

    private Subject start(Program program) throws Exception {
        progress.show("start of " + GroupWriteBenchmark.INSTANCES + " instances");
        InstanceGroup group =
                InstanceGroup.start(testBed, program, "fault", GroupWriteBenchmark.INSTANCES - 1, Map.of());
        DelayingProxy proxy = group.newProxy();
        ServerProcess last = group.add(proxy);
        group.writers(GroupWriteBenchmark.WRITERS).run(GroupWriteBenchmark.WARM_UP);
        return new Subject(group, last, proxy);
    }

    /** Returns the rounds of each subject, which are measured in turn. */
    private static List<List<Round>> rounds(List<Subject> subjects, Fault fault) throws Exception {
        List<List<Round>> rounds =
                subjects.stream().<List<Round>>map(_ -> new ArrayList<>()).toList();
        for (int i = 0; i < ROUNDS; i++) {
            for (int k = 0; k < subjects.size(); k++) {
                rounds.get(k).add(fault.run(subjects.get(k)));
            }
            Thread.sleep(RECOVERY);
        }
        return rounds;
    }

    private static Round freeze(Subject subject) throws Exception {
        InstanceGroup group = subject.group;
        Latencies before = group.oneWriter().run(PHASE);
        List<Long> nanos = new ArrayList<>();
        subject.last.freeze();
        try (HttpConnection connection = new HttpConnection(group.instance(0).address())) {
            long end = System.nanoTime() + FROZEN.toNanos();
            while (System.nanoTime() < end) {
                nanos.add(connection.exchange(InstanceGroup.change(0, nanos.size())));
            }
        } finally {
            subject.last.resume();
        }
        int longest = nanos.indexOf(Collections.max(nanos));
        int next = Math.min(longest + 1, nanos.size() - 1);
        return new Round(before, Latencies.ofNanos(nanos.get(longest)), Latencies.ofNanos(nanos.get(next)));
    }

    private static Round slowDown(Subject subject) throws Exception {
        InstanceGroup group = subject.group;
        DelayingProxy proxy = subject.proxy;
        Latencies before = group.oneWriter().run(PHASE);
        proxy.setDelay(STATEMENT_DELAY);
        try {
            long start = System.nanoTime();
            Latencies atOnce = group.oneWriter().run(PHASE);
            Thread.sleep(SLOW.minusNanos(System.nanoTime() - start));
            return new Round(before, atOnce, group.oneWriter().run(PHASE));
        } finally {
            proxy.setDelay(Duration.ZERO);
        }
    }

    private void reportFrozen(List<List<Round>> rounds) {
        Comparison longest = new Comparison();
        Comparison next = new Comparison();
        for (Round round : rounds.getFirst()) {
            longest.add(round.atOnce(), Latencies.ofNanos(LEASE.toNanos()));
            next.add(round.later(), round.before());
        }
        String subject = "change of a listing, one of 3 instances frozen";
        String note = notes(rounds, "longest %s, the next %s", Latencies::max);
        results.add(new Benchmark("group-faults-frozen", subject, "longest", "the lease", Goal.atMost(1.5))
                .byP50(longest)
                .withNote(note));
        results.add(new Benchmark("group-faults-frozen-next", subject, "the next one", "before", Goal.atMost(3))
                .byP50(next));
    }

    private void reportSlow(List<List<Round>> rounds) {
        Comparison later = new Comparison();
        rounds.getFirst().forEach(round -> later.add(round.later(), round.before()));
        results.add(new Benchmark(
                        "group-faults-slow",
                        "change of a listing, one of 3 instances needs 100 ms more for each statement",
                        "after 10 s: p50 latency",
                        "before",
                        Goal.atMost(1.5))
                .byP50(later)
                .withNote(notes(rounds, "p50 %s at once, %s after 10 s", Latencies::p50) + "; "
                        + notes(rounds, "longest %s at once, %s after 10 s", Latencies::max)));
    }

    /** Returns the medians of the rounds of each program, at once and later. */
    private String notes(List<List<Round>> rounds, String format, ToDoubleFunction<Latencies> metric) {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            notes.add(programs.get(i).name() + ": "
                    + format.formatted(
                            median(rounds.get(i).stream().map(Round::atOnce).toList(), metric),
                            median(rounds.get(i).stream().map(Round::later).toList(), metric)));
        }
        return String.join("; ", notes);
    }

    private static String median(List<Latencies> rounds, ToDoubleFunction<Latencies> metric) {
        return Format.millis(
                Spread.of(rounds.stream().map(metric::applyAsDouble).toList()).median());
    }
}
