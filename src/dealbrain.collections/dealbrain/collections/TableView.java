package dealbrain.collections;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table of deals is shown.
 *
 * @param sort        null for the order of the collection
 * @param reverse     whether the order of {@code sort} is reversed
 * @param differences whether columns are left out in which all deals are equal
 */
public record TableView(@Nullable DealColumn sort, boolean reverse, boolean differences) {
    public static final TableView DEFAULT = new TableView(null, false, false);

    /** Returns the view after a click on the head of a column: sorted by it, or in the other direction. */
    TableView sortedBy(DealColumn column) {
        return new TableView(column, column == sort && !reverse, differences);
    }

    /** Returns the view with all columns, or with those that differ. */
    public TableView withDifferences(boolean only) {
        return new TableView(sort, reverse, only);
    }

    /** Returns the parameters of links to this view, joined by {@code &}; empty for {@link #DEFAULT}. */
    public String query() {
        List<String> parameters = new ArrayList<>();
        if (sort != null) {
            parameters.add("sort=" + sort.parameter());
        }
        if (sort != null && reverse) {
            parameters.add("reverse=true");
        }
        if (differences) {
            parameters.add("differences=true");
        }
        return String.join("&", parameters);
    }
}
