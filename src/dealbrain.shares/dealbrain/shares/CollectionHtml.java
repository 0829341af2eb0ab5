package dealbrain.shares;

import dealbrain.collections.PublicCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.PublicItem;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The HTML page of a shared collection: a table of its deals, with the best price, value and CPU mark highlighted. */
final class CollectionHtml {
    private final PublicCollection collection;
    private final List<Listing> listings;

    private CollectionHtml(PublicCollection collection) {
        this.collection = collection;
        this.listings = Objects.requireNonNull(collection.items()).stream()
                .map(PublicItem::listing)
                .toList();
    }

    /** @param url the public address of the page */
    static String of(PublicCollection collection, PublicCollectionQuery query, String url) {
        return new CollectionHtml(collection).render(query, url);
    }

    private String render(PublicCollectionQuery query, String url) {
        Map<String, Object> model = new HashMap<>();
        model.put("title", collection.name());
        model.put("description", DealText.orEmpty(collection.description()));
        model.put("count", collection.itemCount() == 1 ? "1 deal" : collection.itemCount() + " deals");
        model.put("owner", collection.ownerUsername());
        model.put("summary", summary());
        model.put("url", url);
        model.put("photo", photo());
        model.put("rows", rows());
        model.put("first", isBeyondItems() ? "?offset=0" : "");
        model.put("more", nextPage(query));
        model.put("json_ld", jsonLd());
        return HtmlTemplates.collection(model);
    }

    private String summary() {
        String description = DealText.orEmpty(collection.description());
        return description.isEmpty()
                ? listings.stream().limit(3).map(Listing::title).collect(Collectors.joining(" · "))
                : description;
    }

    private String photo() {
        return listings.stream()
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
    private String nextPage(PublicCollectionQuery query) {
        int next = query.offset() + listings.size();
        return isBeyondItems() || next >= collection.itemCount() ? "" : "?limit=" + query.limit() + "&offset=" + next;
    }

    private List<Map<String, Object>> rows() {
        Listing cheapest = first(Listing::priceUsd, Comparator.naturalOrder());
        Listing bestValue = first(Listing::dollarPerCpuMarkMulti, Comparator.naturalOrder());
        Listing fastest = first(CollectionHtml::cpuMark, Comparator.reverseOrder());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Listing listing : listings) {
            Map<String, Object> row = new HashMap<>();
            row.put("title", listing.title());
            row.put("offer", DealText.orEmpty(listing.listingUrl()));
            row.put("price", DealText.price(listing));
            row.put("per_mark", DealText.perMark(listing.dollarPerCpuMarkMulti()));
            row.put("cpu", DealText.cpu(listing.cpu()));
            row.put("mark", DealText.number(cpuMark(listing)));
            row.put("ram", DealText.ram(listing));
            row.put("storage", DealText.storage(listing.primaryStorageGb(), listing.primaryStorageProfile()));
            row.put("gpu", DealText.gpu(listing));
            row.put("condition", DealText.condition(listing));
            row.put("cheapest", listing.equals(cheapest));
            row.put("best_value", listing.equals(bestValue));
            row.put("fastest", listing.equals(fastest));
            rows.add(row);
        }
        return rows;
    }

    /**
     * Returns the listing whose property comes first by {@code order}; null if fewer than two listings have the
     * property.
     */
    private <T> @Nullable Listing first(Function<Listing, @Nullable T> property, Comparator<T> order) {
        Listing first = null;
        T firstValue = null;
        int compared = 0;
        for (Listing listing : listings) {
            T value = property.apply(listing);
            if (value != null) {
                compared++;
                if (firstValue == null || order.compare(value, firstValue) < 0) {
                    first = listing;
                    firstValue = value;
                }
            }
        }
        return compared < 2 ? null : first;
    }

    private static @Nullable Integer cpuMark(Listing listing) {
        return listing.cpu() == null ? null : listing.cpu().cpuMarkMulti();
    }

    /** Returns the collection as a schema.org ItemList of products. */
    private String jsonLd() {
        List<Map<String, Object>> elements = new ArrayList<>();
        for (Listing listing : listings) {
            elements.add(
                    Map.of("@type", "ListItem", "position", elements.size() + 1, "item", DealHtml.product(listing)));
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
