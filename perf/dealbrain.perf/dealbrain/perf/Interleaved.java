package dealbrain.perf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two sides, measured in turn: A B A B. What else the machine does then meets both of them, and the ratio of two neighbours says
 * more than that of two averages.
 */
final class Interleaved {
    private final List<Latencies> a = new ArrayList<>();
    private final List<Latencies> b = new ArrayList<>();

    /** One short turn of each to get warm, then so many rounds of which each side has so long. */
    static Interleaved of(int rounds, Duration each, Side a, Side b) throws Exception {
        Interleaved measured = new Interleaved();
        a.run(each.dividedBy(2));
        b.run(each.dividedBy(2));
        for (int i = 0; i < rounds; i++) {
            measured.a.add(a.run(each));
            measured.b.add(b.run(each));
        }
        return measured;
    }

    /**
     * Several sides, each paired with the same other one, in blocks so short that the machine hardly changes between them, and to and fro:
     * A B C C B A. For differences of a few percent, which seconds apart drown in what else goes on.
     *
     * @param blocks of each side in a round, whose latencies count as one
     */
    static List<Interleaved> inBlocks(int rounds, int blocks, Duration block, List<Side> sides, Side other)
            throws Exception {
        List<Side> all = new ArrayList<>(sides);
        all.add(other);
        List<Interleaved> pairs = sides.stream().map(_ -> new Interleaved()).toList();
        for (int i = 0; i < rounds; i++) {
            List<Latencies> round = all.stream().map(_ -> new Latencies()).toList();
            for (int j = 0; j < blocks; j++) {
                for (int k = 0; k < all.size(); k++) {
                    int next = j % 2 == 0 ? k : all.size() - 1 - k;
                    round.get(next).addAll(all.get(next).run(block));
                }
            }
            for (int k = 0; k < pairs.size(); k++) {
                pairs.get(k).a.add(round.get(k));
                pairs.get(k).b.add(round.getLast());
            }
        }
        return pairs;
    }

    /** A over B, round by round. */
    Spread ratio(ToDoubleFunction<Latencies> figure) {
        return Spread.of(IntStream.range(0, a.size())
                .mapToObj(i -> figure.applyAsDouble(a.get(i)) / figure.applyAsDouble(b.get(i)))
                .toList());
    }

    double a(ToDoubleFunction<Latencies> figure) {
        return Spread.of(a.stream().map(figure::applyAsDouble).toList()).median();
    }

    double b(ToDoubleFunction<Latencies> figure) {
        return Spread.of(b.stream().map(figure::applyAsDouble).toList()).median();
    }

    /** All of A's latencies. */
    Latencies allOfA() {
        return all(a);
    }

    Latencies allOfB() {
        return all(b);
    }

    private static Latencies all(List<Latencies> rounds) {
        Latencies all = new Latencies();
        rounds.forEach(all::addAll);
        return all;
    }
}
