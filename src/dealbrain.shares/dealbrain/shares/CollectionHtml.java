package dealbrain.shares;

import dealbrain.collections.BestDeals;
import dealbrain.collections.DealTable;
import dealbrain.collections.DealTable.Deal;
import dealbrain.collections.PublicCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.PublicItem;
import dealbrain.http.PublicUrl;
import dealbrain.json.Json;
import dealbrain.listings.DealText;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The HTML page of a shared collection: a table of its deals, with the best of the collection highlighted. */
final class CollectionHtml {
    private final PublicCollection collection;
    private final BestDeals best;
    private final List<Listing> listings;
    private final DealTable table;
    private final SharedPageQuery query;

    private CollectionHtml(PublicCollection collection, BestDeals best, SharedPageQuery query) {
        List<PublicItem> items = Objects.requireNonNull(collection.items());
        this.collection = collection;
        this.best = best;
        this.query = query;
        this.listings = items.stream().map(PublicItem::listing).toList();
        this.table = new DealTable(
                items.stream().map(item -> new Deal(item.id(), item.listing())).toList(), best, query.view());
    }

    static String of(
            PublicCollection collection, BestDeals best, SharedPageQuery query, PublicUrl publicUrl, String token) {
        return new CollectionHtml(collection, best, query).render(publicUrl, token);
    }

    private String render(PublicUrl publicUrl, String token) {
        Map<String, Object> model = new HashMap<>();
        model.put("title", collection.name());
        model.put("description", DealText.orEmpty(collection.description()));
        model.put("count", count());
        model.put("owner", collection.ownerName());
        model.put("summary", summary());
        model.put("url", publicUrl.absolute("/c/" + token + pageOf()));
        model.put("icon", publicUrl.absolute("/favicon.svg"));
        model.put("photo", photo());
        model.put("rows", rows(publicUrl, token));
        model.put("heads", table.heads(this::sorted));
        model.put("equal", table.equal());
        model.put("differences", query.differences());
        model.put(
                "differences_link",
                linkTo(query.view().withDifferences(!query.differences()).query()));
        model.put("save", publicUrl.absolute("/save?link=%2Fc%2F" + token));
        model.put("first", isBeyondItems() ? "?offset=0" : "");
        model.put("more", nextPage());
        model.put("has_best", best.cheapest() != null || best.bestValue() != null || best.fastest() != null);
        model.put("json_ld", jsonLd());
        return HtmlTemplates.collection(model);
    }

    private String count() {
        return switch (collection.itemCount()) {
            case 0 -> "no deals";
            case 1 -> "1 deal";
            default -> DealText.number(collection.itemCount()) + " deals";
        };
    }

    /** Returns the query in the canonical address: empty for the page that a link without one opens. */
    private String pageOf() {
        boolean isFirst = query.limit() == PublicCollectionQuery.DEFAULT_LIMIT && query.offset() == 0;
        return isFirst || listings.isEmpty() ? "" : "?limit=" + query.limit() + "&offset=" + query.offset();
    }

    private String summary() {
        String description = DealText.orEmpty(collection.description());
        String titles = offered().limit(3).map(Listing::title).collect(Collectors.joining(" · "));
        return Stream.of(description, titles)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(count());
    }

    /** Returns the listings of the page that can still be bought, for link previews. */
    private Stream<Listing> offered() {
        return listings.stream().filter(listing -> listing.status() == ListingStatus.ACTIVE);
    }

    private String photo() {
        return offered()
                .map(Listing::thumbnailUrl)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    /** Returns whether the page shows none of the items: its offset is behind the last item, or its limit is 0. */
    private boolean isBeyondItems() {
        return listings.isEmpty() && collection.itemCount() > 0;
    }

    /** Returns the query of the next page; empty if there is none. */
    private String nextPage() {
        int next = query.offset() + listings.size();
        String view = query.view().query();
        return isBeyondItems() || next >= collection.itemCount()
                ? ""
                : "?limit=" + query.limit() + "&offset=" + next + (view.isEmpty() ? "" : "&" + view);
    }

    /** Returns the link to another view of the same items. */
    private String linkTo(String view) {
        boolean isDefault = query.limit() == PublicCollectionQuery.DEFAULT_LIMIT && query.offset() == 0;
        String items = isDefault ? "" : "limit=" + query.limit() + "&offset=" + query.offset();
        return "?" + (items.isEmpty() || view.isEmpty() ? items + view : items + "&" + view);
    }

    /** Returns the link to a sorted view: of all items if they fit on one page, else of the items of this page. */
    private String sorted(String view) {
        boolean isAll = listings.size() == collection.itemCount();
        boolean canBeAll = collection.itemCount() <= SharedPageQuery.MAX_LIMIT;
        return isAll || !canBeAll ? linkTo(view) : "?limit=" + SharedPageQuery.MAX_LIMIT + "&" + view;
    }

    private List<Map<String, Object>> rows(PublicUrl publicUrl, String token) {
        return table.deals().stream()
                .map(deal -> row(deal, publicUrl.relative(DealHtml.path(token, deal.listing()))))
                .toList();
    }

    private Map<String, Object> row(Deal deal, String link) {
        Listing listing = deal.listing();
        Map<String, Object> row = new HashMap<>();
        row.put("title", listing.title());
        row.put("link", link);
        row.put("unavailable", DealText.unavailability(listing));
        row.put("offer", DealText.orEmpty(listing.listingUrl()));
        row.put("thumbnail", DealText.orEmpty(listing.thumbnailUrl()));
        row.put("cells", table.cells(deal));
        return row;
    }

    /** Returns the collection as a schema.org ItemList of products. */
    private String jsonLd() {
        List<Map<String, Object>> elements = new ArrayList<>();
        for (Listing listing : listings) {
            Map<String, Object> element = new LinkedHashMap<>();
            element.put("@type", "ListItem");
            element.put("position", elements.size() + 1);
            element.put("item", DealHtml.product(listing));
            elements.add(element);
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("@context", "https://schema.org");
        list.put("@type", "ItemList");
        list.put("name", collection.name());
        list.put("numberOfItems", collection.itemCount());
        list.put("itemListElement", elements);
        return HtmlTemplates.scriptText(Json.text(list));
    }
}
