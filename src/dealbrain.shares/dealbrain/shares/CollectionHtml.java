package dealbrain.shares;

import dealbrain.collections.PublicCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.PublicItem;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The page of a shared collection: its deals side by side, the best of each kind marked. */
final class CollectionHtml {
    private final PublicCollection collection;
    private final List<Listing> listings;

    private CollectionHtml(PublicCollection collection) {
        this.collection = collection;
        this.listings = Objects.requireNonNull(collection.items()).stream()
                .map(PublicItem::listing)
                .toList();
    }

    /** @param url the address of this page, as the world sees it */
    static String of(PublicCollection collection, PublicCollectionQuery query, String url) {
        CollectionHtml page = new CollectionHtml(collection);
        int shown = query.offset() + page.listings.size();
        Map<String, Object> model = new HashMap<>();
        model.put("title", collection.name());
        model.put("description", text(collection.description()));
        model.put("count", collection.itemCount() == 1 ? "1 deal" : collection.itemCount() + " deals");
        model.put("owner", collection.ownerUsername());
        model.put("summary", page.summary());
        model.put("url", url);
        model.put(
                "photo",
                page.listings.stream()
                        .map(Listing::thumbnailUrl)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(""));
        model.put("rows", page.rows());
        boolean missed = page.listings.isEmpty() && collection.itemCount() > 0; // beyond the end, or a limit of 0
        model.put("first", missed ? "?offset=0" : "");
        model.put(
                "more",
                !missed && shown < collection.itemCount() ? "?limit=" + query.limit() + "&offset=" + shown : "");
        model.put("json_ld", page.jsonLd());
        return HtmlTemplates.collection(model);
    }

    private String summary() {
        String described = text(collection.description());
        return described.isEmpty()
                ? listings.stream()
                        .limit(3)
                        .map(Listing::title)
                        .reduce((a, b) -> a + " · " + b)
                        .orElse("")
                : described;
    }

    private List<Map<String, Object>> rows() {
        Listing cheapest = best(Listing::priceUsd, false);
        Listing bestValue = best(Listing::dollarPerCpuMarkMulti, false);
        Listing fastest = best(CollectionHtml::mark, true);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Listing listing : listings) {
            Map<String, Object> row = new HashMap<>();
            row.put("title", listing.title());
            row.put("offer", text(listing.listingUrl()));
            row.put("price", DealText.price(listing));
            row.put("per_mark", DealText.perMark(listing.dollarPerCpuMarkMulti()));
            row.put("cpu", DealText.cpu(listing.cpu()));
            row.put("mark", DealText.number(mark(listing)));
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

    /** The first listing with the least or the greatest of something; null when fewer than two have it, and nothing is to compare. */
    private <T extends Comparable<T>> @Nullable Listing best(
            Function<Listing, @Nullable T> property, boolean greatest) {
        Listing best = null;
        int compared = 0;
        for (Listing listing : listings) {
            T value = property.apply(listing);
            if (value != null) {
                compared++;
                T champion = best == null ? null : property.apply(best);
                if (champion == null || (greatest ? value.compareTo(champion) > 0 : value.compareTo(champion) < 0)) {
                    best = listing;
                }
            }
        }
        return compared < 2 ? null : best;
    }

    private static @Nullable Integer mark(Listing listing) {
        return listing.cpu() == null ? null : listing.cpu().cpuMarkMulti();
    }

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

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
