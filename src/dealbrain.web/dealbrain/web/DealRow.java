package dealbrain.web;

import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealColumn;
import dealbrain.collections.ItemStatus;
import dealbrain.listings.DealText;
import dealbrain.listings.Listing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of the table of a workspace.
 *
 * @param movable the number of items, if they are shown in their order and can be moved; else 0
 */
record DealRow(boolean isOwner, int movable) {
    Map<String, Object> of(CollectionItem item, List<Map<String, Object>> cells) {
        Listing listing = item.listing();
        ItemStatus status = item.status();
        boolean isGone = !DealText.unavailability(listing).isEmpty();
        Map<String, Object> row = new HashMap<>();
        row.put("item", item.id());
        row.put("title", listing.title());
        row.put("listing", listing.id());
        row.put("unavailable", DealText.unavailability(listing));
        row.put("css", isGone || status == ItemStatus.REJECTED ? "gone" : "");
        row.put("parts", parts(listing));
        row.put("cells", cells);
        row.put("state", status == null || status == ItemStatus.UNDECIDED ? "" : Texts.name(status));
        row.put("note", item.notes());
        row.put("undecided", status == ItemStatus.UNDECIDED);
        row.put("shortlisted", status == ItemStatus.SHORTLISTED);
        row.put("up", movable > 0 && item.position() > 0 ? String.valueOf(item.position() - 1) : "");
        row.put("down", item.position() + 1 < movable ? String.valueOf(item.position() + 1) : "");
        return row;
    }

    /** Returns the parts in one line of a phone: memory and storage by their sizes only. */
    private static String parts(Listing listing) {
        return Stream.of(
                        DealColumn.PROCESSOR.text(listing),
                        gigabytes(DealColumn.ramGb(listing)),
                        gigabytes(DealColumn.storageGb(listing)))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static String gigabytes(@Nullable Integer number) {
        return number == null ? "" : number + " GB";
    }
}
