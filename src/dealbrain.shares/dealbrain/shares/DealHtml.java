package dealbrain.shares;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.Ruleset;
import dealbrain.catalog.ScoringProfile;
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

    /** @param url the public address of the page */
    static String of(PublicShare share, String url) {
        Listing listing = share.listing();
        Map<String, Object> model = new HashMap<>();
        model.put("title", listing.title());
        model.put("summary", DealText.summary(listing));
        model.put("url", url);
        model.put("price", DealText.price(listing));
        model.put("amount", listing.priceUsd() == null ? "" : listing.priceUsd().toPlainString());
        model.put("per_mark", DealText.perMark(listing.dollarPerCpuMarkMulti()));
        model.put("condition", DealText.condition(listing));
        model.put("gone", listing.status() == ListingStatus.ARCHIVED);
        model.put("photo", DealText.orEmpty(listing.thumbnailUrl()));
        model.put("offer", DealText.orEmpty(listing.listingUrl()));
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
                        fact("Model", DealText.model(listing), listing.modelNumber()),
                        fact("Score", score(listing.scoreComposite()), scoredBy(listing.activeProfile())),
                        fact("Valued by", valuedBy(listing.ruleset())),
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

    private static String score(@Nullable BigDecimal score) {
        return score == null ? "" : score.stripTrailingZeros().toPlainString();
    }

    private static String scoredBy(@Nullable ScoringProfile profile) {
        return profile == null ? "" : "by " + profile.name();
    }

    private static String valuedBy(@Nullable Ruleset ruleset) {
        return ruleset == null ? "" : ruleset.name();
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
        putUnlessNull(
                product,
                "brand",
                listing.manufacturer() == null ? null : Map.of("@type", "Brand", "name", listing.manufacturer()));
        putUnlessNull(product, "offers", listing.priceUsd() == null ? null : offer(listing, listing.priceUsd()));
        return product;
    }

    private static Map<String, Object> offer(Listing listing, BigDecimal price) {
        Map<String, Object> offer = new LinkedHashMap<>();
        offer.put("@type", "Offer");
        offer.put("price", price.toPlainString());
        offer.put("priceCurrency", "USD");
        offer.put("itemCondition", "https://schema.org/" + itemCondition(listing));
        offer.put("availability", "https://schema.org/" + availability(listing));
        putUnlessNull(offer, "url", listing.listingUrl());
        putUnlessNull(
                offer,
                "seller",
                listing.seller() == null ? null : Map.of("@type", "Organization", "name", listing.seller()));
        return offer;
    }

    private static String itemCondition(Listing listing) {
        return switch (listing.condition()) {
            case NEW -> "NewCondition";
            case REFURB -> "RefurbishedCondition";
            case USED -> "UsedCondition";
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
