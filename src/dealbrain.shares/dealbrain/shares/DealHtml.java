package dealbrain.shares;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.Gpu;
import dealbrain.http.PublicUrl;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingStatus;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The HTML page of a shared listing, with metadata for link previews and search engines. */
final class DealHtml {
    private DealHtml() {}

    static String of(PublicShare share, PublicUrl publicUrl) {
        Listing listing = share.listing();
        boolean isArchived = listing.status() == ListingStatus.ARCHIVED;
        String offer = DealText.orEmpty(listing.listingUrl());
        Map<String, Object> model = new HashMap<>();
        model.put("title", listing.title());
        model.put("summary", DealText.summary(listing));
        model.put("url", publicUrl.absolute("/deals/" + share.listingId() + "/" + share.shareToken()));
        model.put("icon", publicUrl.absolute("/favicon.svg"));
        model.put("price", DealText.price(listing));
        model.put(
                "amount",
                isPriced(listing) ? Objects.requireNonNull(listing.priceUsd()).toPlainString() : "");
        model.put("price_date", DealText.date(listing.priceDate()));
        model.put("valuation", VerdictText.valuation(listing));
        model.put("per_mark", DealText.perMark(listing));
        model.put("condition", DealText.condition(listing));
        model.put("unavailable", DealText.unavailability(listing));
        model.put("photo", DealText.orEmpty(listing.thumbnailUrl()));
        model.put("offer", isArchived ? "" : offer);
        model.put("former_offer", isArchived ? offer : "");
        model.put("shared_by", share.sharedBy());
        model.put("facts", facts(listing));
        model.put("json_ld", HtmlTemplates.scriptText(Json.text(product(listing))));
        return HtmlTemplates.deal(model);
    }

    /** Returns the rows of the table of facts. A fact without a value is left out. */
    private static List<Map<String, String>> facts(Listing listing) {
        return Stream.of(
                        fact("Processor", DealText.cpu(listing.cpu()), DealText.cpuDetails(listing.cpu())),
                        fact("CPU mark", cpuMark(listing.cpu()), singleThreadMark(listing.cpu())),
                        fact("Graphics", DealText.gpu(listing), gpuMark(listing.gpu())),
                        fact("Memory", DealText.ram(listing)),
                        fact("Storage", DealText.storage(listing.primaryStorageGb(), listing.primaryStorageProfile())),
                        fact(
                                "Second drive",
                                DealText.storage(listing.secondaryStorageGb(), listing.secondaryStorageProfile())),
                        fact("Ports", DealText.ports(listing.portsProfile())),
                        fact("Case", listing.formFactor()),
                        model(listing),
                        fact("Score", VerdictText.score(listing), VerdictText.scoreDetails(listing)),
                        fact("Machine alone", VerdictText.adjustedPrice(listing), VerdictText.valuedBy(listing)),
                        fact("Seller", listing.seller(), listing.marketplace()))
                .filter(fact -> !Objects.requireNonNull(fact.get("value")).isEmpty())
                .toList();
    }

    private static Map<String, String> fact(String name, @Nullable String value) {
        return fact(name, value, "");
    }

    private static Map<String, String> fact(String name, @Nullable String value, @Nullable String details) {
        return Map.of("name", name, "value", DealText.orEmpty(value), "details", DealText.orEmpty(details));
    }

    private static String cpuMark(@Nullable Cpu cpu) {
        return cpu == null ? "" : DealText.number(cpu.cpuMarkMulti());
    }

    private static String singleThreadMark(@Nullable Cpu cpu) {
        return cpu == null || cpu.cpuMarkSingle() == null
                ? ""
                : DealText.number(cpu.cpuMarkSingle()) + " single thread";
    }

    private static String gpuMark(@Nullable Gpu gpu) {
        return gpu == null || gpu.gpuMark() == null ? "" : DealText.number(gpu.gpuMark()) + " marks";
    }

    private static boolean isPriced(Listing listing) {
        return listing.priceUsd() != null && listing.priceUsd().signum() > 0;
    }

    /** A model number without a name of the model stands in its place. */
    private static Map<String, String> model(Listing listing) {
        String model = DealText.model(listing);
        String number = DealText.modelNumber(listing);
        return model.isEmpty() ? fact("Model", number) : fact("Model", model, number);
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
