package dealbrain.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.perf.Comparison.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final List<String> order = new ArrayList<>();

    /** Returns a workload of one request of {@code nanos} that takes twice this time to run. */
    private Workload workload(String name, long nanos) {
        return _ -> {
            order.add(name);
            Latencies latencies = Latencies.ofNanos(nanos);
            latencies.setElapsed(2 * nanos);
            return latencies;
        };
    }

    @Nested
    class InBlocks {
        @Test
        void runsEachWorkloadOnceInABlockInAlternatingOrder() throws Exception {
            Workload page = workload("page", 1_000_000);
            Pair first = new Pair(page, workload("first", 1_000_000));
            Pair second = new Pair(page, workload("second", 1_000_000));

            Comparison.inBlocks(2, 2, Duration.ofMillis(1), List.of(first, second));

            List<String> round = List.of("page", "first", "second", "second", "first", "page");
            assertEquals(round, order.subList(0, 6));
            assertEquals(round, order.subList(6, 12));
        }

        @Test
        void comparesEachPairWithItsBaseline() throws Exception {
            Workload page = workload("page", 3_000_000);
            Pair first = new Pair(page, workload("first", 1_000_000));
            Pair second = new Pair(page, workload("second", 2_000_000));

            List<Comparison> comparisons = Comparison.inBlocks(3, 2, Duration.ofMillis(1), List.of(first, second));

            assertEquals(3, comparisons.get(0).ratio(Latencies::p50).median());
            assertEquals(1.5, comparisons.get(1).ratio(Latencies::p50).median());
        }

        @Test
        void addsUpTheElapsedTimeOfTheBlocks() throws Exception {
            Pair pair = new Pair(workload("page", 1_000_000), workload("baseline", 1_000_000));

            Comparison comparison = Comparison.inBlocks(1, 4, Duration.ofMillis(1), List.of(pair))
                    .getFirst();

            assertEquals(500, comparison.measured(Latencies::perSecond));
            assertEquals(500, comparison.allMeasured().perSecond());
        }
    }
}
