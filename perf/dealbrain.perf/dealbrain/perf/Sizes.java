package dealbrain.perf;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a collection costs by how large it is: whole, and a page of 100 of it. In milliseconds of p50; by its items, which are never kept. */
final class Sizes {
    private static final int MOST_AT_ONCE = 1000;
    private static final Duration EACH = Duration.ofMillis(1500);

    /** A collection's cost; the whole by as many requests as it takes pages of a thousand. */
    record Cost(double whole, double page) {}

    private Sizes() {}

    static Map<Integer, Cost> measure(Program service, Progress progress) throws IOException {
        Map<Integer, Cost> costs = new LinkedHashMap<>();
        for (DataSet.Sized each : DataSet.ALL) {
            progress.say("a collection of " + each.size());
            int pages = Math.max(1, each.size() / MOST_AT_ONCE);
            costs.put(
                    each.size(),
                    new Cost(
                            pages * p50(service, each.path() + "/items?limit=" + MOST_AT_ONCE),
                            p50(service, each.path() + "/items?limit=100")));
        }
        return costs;
    }

    private static double p50(Program service, String path) throws IOException {
        return new Load(service.address(), 1, Http.mine(path)).run(EACH).p50();
    }
}
