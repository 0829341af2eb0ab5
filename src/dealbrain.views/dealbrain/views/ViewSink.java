package dealbrain.views;

import java.util.List;

/** Writes the views of one kind of thing to its table. */
@FunctionalInterface
public interface ViewSink {
    /**
     * Adds views to the stored totals. The lists have the same length. One statement.
     *
     * @return the new totals of views by people, in any order, without things that were deleted
     */
    List<ViewTotal> addViews(List<Long> ids, List<Long> people, List<Long> crawlers);
}
