package dealbrain.collections;

import dealbrain.listings.Listing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A table that compares deals: sorted by a column, without the columns in which no deal has a value, and if wanted
 * without those in which all deals are equal. The rows and headers are models for templates.
 */
public final class DealTable {
    /** A row, with the id of its item in the collection. */
    public record Deal(long itemId, Listing listing) {}

    private final List<Deal> deals;
    private final BestDeals best;
    private final TableView view;
    private final List<DealColumn> columns = new ArrayList<>();
    private final List<Map<String, Object>> equal = new ArrayList<>();

    /** @param deals in the order of the collection */
    public DealTable(List<Deal> deals, BestDeals best, TableView view) {
        this(deals, best, view, DealColumn.PRICE_DATE);
    }

    /** @param last the last column; those behind it are left out */
    public DealTable(List<Deal> deals, BestDeals best, TableView view, DealColumn last) {
        this.deals = sorted(deals, view);
        this.best = best;
        this.view = view;
        Arrays.stream(DealColumn.values())
                .filter(column -> column != DealColumn.TITLE && column.compareTo(last) <= 0)
                .forEach(this::add);
    }

    /** The sort is stable: equal deals stay in the order of the collection. */
    private static List<Deal> sorted(List<Deal> deals, TableView view) {
        DealColumn column = view.sort();
        return column == null
                ? List.copyOf(deals)
                : deals.stream()
                        .sorted(Comparator.comparing(Deal::listing, column.order(view.reverse())))
                        .toList();
    }

    private void add(DealColumn column) {
        List<String> texts = deals.stream()
                .map(deal -> column.text(deal.listing()))
                .distinct()
                .limit(2)
                .toList();
        boolean isEqual = texts.size() < 2;
        if (isEqual && (texts.isEmpty() || texts.getFirst().isEmpty())) {
            return;
        }
        if (isEqual && view.differences() && deals.size() > 1) {
            equal.add(Map.of("label", column.label(), "text", texts.getFirst()));
        } else {
            columns.add(column);
        }
    }

    /** Returns the deals in the order of the view. */
    public List<Deal> deals() {
        return deals;
    }

    /** Returns the columns that are left out because all deals are equal: {@code label} and {@code text}. */
    public List<Map<String, Object>> equal() {
        return equal;
    }

    /**
     * Returns the heads of the columns, the first of which is the title: {@code label}, {@code link} that sorts by it,
     * {@code sorted}, a value of {@code aria-sort} or empty, and {@code number}.
     *
     * @param link returns the link to a view with these parameters
     */
    public List<Map<String, Object>> heads(UnaryOperator<String> link) {
        List<DealColumn> all = new ArrayList<>(columns);
        all.addFirst(DealColumn.TITLE);
        return all.stream().map(column -> head(column, link)).toList();
    }

    private Map<String, Object> head(DealColumn column, UnaryOperator<String> link) {
        return Map.of(
                "label", column.label(),
                "link", link.apply(view.sortedBy(column).query()),
                "sorted", column == view.sort() ? direction(column) : "",
                "number", column.isNumber());
    }

    private String direction(DealColumn column) {
        return column.descendsFirst() == view.reverse() ? "ascending" : "descending";
    }

    /**
     * Returns the cells of a deal, without that of the title: {@code name}, the label of the column, {@code text},
     * {@code number}, and {@code best}, empty or what the deal is best in.
     */
    public List<Map<String, Object>> cells(Deal deal) {
        return columns.stream().map(column -> cell(column, deal)).toList();
    }

    private Map<String, Object> cell(DealColumn column, Deal deal) {
        String text = column.text(deal.listing());
        Map<String, Object> cell = new HashMap<>();
        cell.put("name", column.label());
        cell.put("text", text.isEmpty() && column == DealColumn.PRICE ? "Unknown" : text);
        cell.put("number", column.isNumber());
        cell.put("best", best(column, deal.itemId()));
        return cell;
    }

    private String best(DealColumn column, long itemId) {
        return switch (column) {
            case PRICE -> Objects.equals(best.cheapest(), itemId) ? "best price" : "";
            case PER_CPU_MARK -> Objects.equals(best.bestValue(), itemId) ? "best value" : "";
            case CPU_MARK -> Objects.equals(best.fastest(), itemId) ? "fastest" : "";
            default -> "";
        };
    }
}
