package dealbrain.perf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A workload A and a baseline B, measured in turn: A B A B. Other load on the machine then affects both. The ratio of
 * two adjacent rounds is more precise than the ratio of two averages.
 */
final class Comparison {
    /** A workload and its baseline. */
    record Pair(Workload measured, Workload baseline) {}

    private final List<Latencies> measured = new ArrayList<>();
    private final List<Latencies> baseline = new ArrayList<>();

    /** Runs both workloads once for half of {@code duration} to warm up, then {@code rounds} times for all of it. */
    static Comparison of(int rounds, Duration duration, Workload measured, Workload baseline) throws Exception {
        return ofPairs(rounds, duration, List.of(new Pair(measured, baseline))).getFirst();
    }

    /** Compares several pairs, in turn in each round, so that the pairs can be compared with each other as well. */
    static List<Comparison> ofPairs(int rounds, Duration duration, List<Pair> pairs) throws Exception {
        List<Comparison> comparisons = new ArrayList<>();
        for (Pair pair : pairs) {
            comparisons.add(new Comparison());
            pair.measured.run(duration.dividedBy(2));
            pair.baseline.run(duration.dividedBy(2));
        }
        for (int i = 0; i < rounds; i++) {
            for (int k = 0; k < pairs.size(); k++) {
                comparisons
                        .get(k)
                        .add(
                                pairs.get(k).measured.run(duration),
                                pairs.get(k).baseline.run(duration));
            }
        }
        return comparisons;
    }

    /** Adds a round. */
    void add(Latencies measuredRound, Latencies baselineRound) {
        measured.add(measuredRound);
        baseline.add(baselineRound);
    }

    /**
     * Compares several pairs in alternating order: A B C C B A. The blocks are so short that the load of the machine
     * hardly changes between them, and all pairs share it. Differences of a few percent would otherwise be smaller than
     * the noise. A workload of several pairs runs once for all of them.
     *
     * @param blocks the number of blocks of each workload in a round, whose latencies are put together
     */
    static List<Comparison> inBlocks(int rounds, int blocks, Duration block, List<Pair> pairs) throws Exception {
        List<Workload> workloads = pairs.stream()
                .flatMap(pair -> Stream.of(pair.measured, pair.baseline))
                .distinct()
                .toList();
        List<Comparison> comparisons = pairs.stream().map(_ -> new Comparison()).toList();
        for (int i = 0; i < rounds; i++) {
            List<Latencies> round = runRound(blocks, block, workloads);
            for (int k = 0; k < pairs.size(); k++) {
                Pair pair = pairs.get(k);
                comparisons
                        .get(k)
                        .add(round.get(workloads.indexOf(pair.measured)), round.get(workloads.indexOf(pair.baseline)));
            }
        }
        return comparisons;
    }

    private static List<Latencies> runRound(int blocks, Duration block, List<Workload> workloads) throws Exception {
        List<Latencies> round = workloads.stream().map(_ -> new Latencies()).toList();
        for (int j = 0; j < blocks; j++) {
            for (int k = 0; k < workloads.size(); k++) {
                int next = j % 2 == 0 ? k : workloads.size() - 1 - k;
                round.get(next).addAll(workloads.get(next).run(block));
            }
        }
        return round;
    }

    /** Returns the ratio of measured to baseline in each round. */
    Spread ratio(ToDoubleFunction<Latencies> metric) {
        return Spread.of(IntStream.range(0, measured.size())
                .mapToObj(i -> metric.applyAsDouble(measured.get(i)) / metric.applyAsDouble(baseline.get(i)))
                .toList());
    }

    /** Returns the median of the rounds of the measured workload. */
    double measured(ToDoubleFunction<Latencies> metric) {
        return median(measured, metric);
    }

    /** Returns the median of the rounds of the baseline. */
    double baseline(ToDoubleFunction<Latencies> metric) {
        return median(baseline, metric);
    }

    private static double median(List<Latencies> rounds, ToDoubleFunction<Latencies> metric) {
        return Spread.of(rounds.stream().map(metric::applyAsDouble).toList()).median();
    }

    Latencies allMeasured() {
        return all(measured);
    }

    Latencies allBaseline() {
        return all(baseline);
    }

    private static Latencies all(List<Latencies> rounds) {
        Latencies all = new Latencies();
        rounds.forEach(all::addAll);
        return all;
    }
}
