package dealbrain.views;

import java.util.List;

/** Writes views of one kind of thing into its table. */
@FunctionalInterface
public interface ViewSink {
    /**
     * Adds views, given as three lists of the same length. One statement.
     *
     * @return the new totals, in any order; things that were deleted are missing
     */
    List<ViewTotal> addViews(List<Long> ids, List<Long> people, List<Long> crawlers);
}
