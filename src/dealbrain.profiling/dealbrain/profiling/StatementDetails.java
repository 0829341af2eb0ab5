package dealbrain.profiling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list of statements has no room for.
 *
 * @param routes the routes and jobs that ran it, the most frequent first
 * @param plan   the last that was asked for, which happens when it was slow; null for none
 */
public record StatementDetails(
        StatementReport report,
        List<HistogramBar> histogram,
        List<RouteCount> routes,
        @Nullable Plan plan) {
    /** How often a route ran it. */
    public record RouteCount(String route, long count) {}

    public StatementDetails {
        histogram = List.copyOf(histogram);
        routes = List.copyOf(routes);
    }
}
