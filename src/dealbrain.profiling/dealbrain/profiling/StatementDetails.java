package dealbrain.profiling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement in detail.
 *
 * @param routes the routes and jobs that ran it, the most frequent first
 * @param plan   the plan at the last time that it was slow and could be explained; null for none
 */
public record StatementDetails(
        StatementReport report,
        List<HistogramBucket> histogram,
        List<RouteCount> routes,
        @Nullable Plan plan) {
    /** The number of executions in one route or job. */
    public record RouteCount(String route, long count) {}

    public StatementDetails {
        histogram = List.copyOf(histogram);
        routes = List.copyOf(routes);
    }
}
