package dealbrain.shares;

import dealbrain.http.PublicUrl;
import dealbrain.json.Json;
import dealbrain.listings.DealTemplates;
import dealbrain.listings.DealText;
import dealbrain.listings.Listing;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The HTML page of a shared listing, with metadata for link previews and search engines. */
final class DealHtml {
    private DealHtml() {}

    /** Returns the page of a link to a listing. */
    static String of(PublicShare share, PublicUrl publicUrl) {
        Map<String, Object> model =
                model(share.listing(), publicUrl, "/deals/" + share.listingId() + "/" + share.shareToken());
        model.put("collection", "");
        model.put("shared_by", share.sharedBy());
        return HtmlTemplates.deal(model);
    }

    /** Returns the page of a listing of a shared collection. */
    static String of(SharedDeal deal, PublicUrl publicUrl, String token) {
        Listing listing = Objects.requireNonNull(deal.listing());
        Map<String, Object> model = model(listing, publicUrl, path(token, listing));
        model.put("collection", deal.collectionName());
        model.put("collection_link", publicUrl.relative("/c/" + token));
        model.put("owner", deal.ownerName());
        return HtmlTemplates.deal(model);
    }

    /** Returns the path of the page of a listing of a shared collection. */
    static String path(String token, Listing listing) {
        return "/c/" + token + "/deals/" + listing.id();
    }

    private static Map<String, Object> model(Listing listing, PublicUrl publicUrl, String path) {
        Map<String, Object> model = DealTemplates.model(listing);
        model.put("summary", DealText.summary(listing));
        model.put("url", publicUrl.absolute(path));
        model.put("save", publicUrl.absolute("/save?link=" + path.replace("/", "%2F")));
        model.put("icon", publicUrl.absolute("/favicon.svg"));
        model.put(
                "amount",
                isPriced(listing) ? Objects.requireNonNull(listing.priceUsd()).toPlainString() : "");
        model.put("json_ld", HtmlTemplates.scriptText(Json.text(product(listing))));
        return model;
    }

    private static boolean isPriced(Listing listing) {
        return listing.priceUsd() != null && listing.priceUsd().signum() > 0;
    }

    /** Returns the listing as a schema.org Product with its Offer. */
    static Map<String, Object> product(Listing listing) {
        Map<String, Object> product = new LinkedHashMap<>();
        product.put("@context", "https://schema.org");
        product.put("@type", "Product");
        product.put("name", listing.title());
        product.put("description", DealText.summary(listing));
        putUnlessNull(product, "image", listing.thumbnailUrl());
        putUnlessNull(product, "model", listing.deviceModel());
        putUnlessNull(product, "brand", listing.manufacturer() == null ? null : named("Brand", listing.manufacturer()));
        putUnlessNull(product, "offers", listing.priceUsd() == null ? null : offer(listing, listing.priceUsd()));
        return product;
    }

    /** The order of the members must not differ between instances, as that of {@code Map.of} does. */
    private static Map<String, Object> named(String type, String name) {
        Map<String, Object> thing = new LinkedHashMap<>();
        thing.put("@type", type);
        thing.put("name", name);
        return thing;
    }

    private static Map<String, Object> offer(Listing listing, BigDecimal price) {
        Map<String, Object> offer = new LinkedHashMap<>();
        offer.put("@type", "Offer");
        offer.put("price", price.toPlainString());
        offer.put("priceCurrency", "USD");
        putUnlessNull(offer, "itemCondition", itemCondition(listing));
        offer.put("availability", "https://schema.org/" + availability(listing));
        putUnlessNull(offer, "url", listing.listingUrl());
        putUnlessNull(offer, "seller", listing.seller() == null ? null : named("Organization", listing.seller()));
        return offer;
    }

    private static @Nullable String itemCondition(Listing listing) {
        return switch (listing.condition()) {
            case null -> null;
            case NEW -> "https://schema.org/NewCondition";
            case REFURB -> "https://schema.org/RefurbishedCondition";
            case USED -> "https://schema.org/UsedCondition";
        };
    }

    private static String availability(Listing listing) {
        return switch (listing.status()) {
            case ACTIVE -> "InStock";
            case PENDING -> "LimitedAvailability";
            case ARCHIVED -> "SoldOut";
        };
    }

    private static void putUnlessNull(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
