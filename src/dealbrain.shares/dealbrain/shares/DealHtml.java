package dealbrain.shares;

import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page of a shared listing: for people, and for those who make previews of it. */
final class DealHtml {
    private DealHtml() {}

    /** @param url the address of this page, as the world sees it */
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
        model.put("photo", text(listing.thumbnailUrl()));
        model.put("offer", text(listing.listingUrl()));
        model.put("shared_by", share.sharedBy());
        model.put("facts", facts(listing));
        model.put("json_ld", HtmlTemplates.scriptText(Json.text(product(listing))));
        return HtmlTemplates.deal(model);
    }

    private static List<Map<String, String>> facts(Listing listing) {
        List<Map<String, String>> facts = new ArrayList<>();
        fact(facts, "Processor", DealText.cpu(listing.cpu()), DealText.cpuDetails(listing.cpu()));
        if (listing.cpu() != null) {
            fact(
                    facts,
                    "CPU mark",
                    DealText.number(listing.cpu().cpuMarkMulti()),
                    single(listing.cpu().cpuMarkSingle()));
        }
        fact(
                facts,
                "Graphics",
                DealText.gpu(listing),
                listing.gpu() == null ? "" : marks(listing.gpu().gpuMark()));
        fact(facts, "Memory", DealText.ram(listing), "");
        fact(facts, "Storage", DealText.storage(listing.primaryStorageGb(), listing.primaryStorageProfile()), "");
        fact(
                facts,
                "Second drive",
                DealText.storage(listing.secondaryStorageGb(), listing.secondaryStorageProfile()),
                "");
        fact(facts, "Ports", DealText.ports(listing.portsProfile()), "");
        fact(facts, "Case", text(listing.formFactor()), "");
        fact(facts, "Model", DealText.model(listing), text(listing.modelNumber()));
        fact(
                facts,
                "Score",
                listing.scoreComposite() == null
                        ? ""
                        : listing.scoreComposite().stripTrailingZeros().toPlainString(),
                listing.activeProfile() == null
                        ? ""
                        : "by " + listing.activeProfile().name());
        fact(
                facts,
                "Valued by",
                listing.ruleset() == null ? "" : listing.ruleset().name(),
                "");
        fact(facts, "Seller", text(listing.seller()), text(listing.marketplace()));
        return facts;
    }

    private static void fact(List<Map<String, String>> facts, String name, String value, String details) {
        if (!value.isEmpty()) {
            facts.add(Map.of("name", name, "value", value, "details", details));
        }
    }

    private static String single(@Nullable Integer mark) {
        return mark == null ? "" : DealText.number(mark) + " single thread";
    }

    private static String marks(@Nullable Integer mark) {
        return mark == null ? "" : DealText.number(mark) + " marks";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A schema.org Product with its Offer. */
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
        offer.put(
                "itemCondition",
                "https://schema.org/"
                        + switch (listing.condition()) {
                            case NEW -> "NewCondition";
                            case REFURB -> "RefurbishedCondition";
                            case USED -> "UsedCondition";
                        });
        offer.put(
                "availability",
                "https://schema.org/"
                        + switch (listing.status()) {
                            case ACTIVE -> "InStock";
                            case PENDING -> "LimitedAvailability";
                            case ARCHIVED -> "SoldOut";
                        });
        putUnlessNull(offer, "url", listing.listingUrl());
        putUnlessNull(
                offer,
                "seller",
                listing.seller() == null ? null : Map.of("@type", "Organization", "name", listing.seller()));
        return offer;
    }

    private static void putUnlessNull(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
