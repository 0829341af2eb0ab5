package dealbrain.transfer;

import dealbrain.json.RawJson;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingRelation;
import dealbrain.valuation.ValueSource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a CSV file of listings: a member of their input, or one of their parts.
 *
 * @param name     the name in the header, which is that of the member
 * @param decimals how many decimals its numbers have
 * @param value    the cell of a listing
 */
record ListingColumn(String name, Type type, int decimals, Function<Listing, @Nullable Object> value) {
    /** What the cells of a column contain. */
    enum Type {
        TEXT,
        NUMBER,
        /** A number of gigabytes, with or without its unit. */
        CAPACITY,
        TIME,
        CONDITION,
        STATUS,
        JSON,
        PART
    }

    /** All columns, in the order of an export. */
    static final List<ListingColumn> ALL = List.of(
            text("title", Listing::title),
            number("price_usd", 2, Listing::priceUsd),
            new ListingColumn("price_date", Type.TIME, 0, Listing::priceDate),
            new ListingColumn("condition", Type.CONDITION, 0, listing -> lower(listing.condition())),
            new ListingColumn("status", Type.STATUS, 0, listing -> lower(listing.status())),
            part("cpu"),
            part("gpu"),
            capacity("ram_gb", Listing::ramGb),
            part("ram_spec"),
            capacity("primary_storage_gb", Listing::primaryStorageGb),
            part("primary_storage_profile"),
            capacity("secondary_storage_gb", Listing::secondaryStorageGb),
            part("secondary_storage_profile"),
            part("ports_profile"),
            text("manufacturer", Listing::manufacturer),
            text("device_model", Listing::deviceModel),
            text("series", Listing::series),
            text("model_number", Listing::modelNumber),
            text("form_factor", Listing::formFactor),
            text("seller", Listing::seller),
            text("marketplace", Listing::marketplace),
            text("vendor_item_id", Listing::vendorItemId),
            text("listing_url", Listing::listingUrl),
            text("thumbnail_url", Listing::thumbnailUrl),
            text("notes", Listing::notes),
            new ListingColumn("attributes", Type.JSON, 0, ListingColumn::attributes),
            part("active_profile"),
            part("ruleset"),
            number(
                    "adjusted_price_usd",
                    2,
                    listing -> stated(listing.adjustedPriceUsd(), listing.adjustedPriceSource())),
            number("score_composite", 4, listing -> stated(listing.scoreComposite(), listing.scoreSource())),
            number("perf_per_watt", 4, listing -> listing.computesPerfPerWatt() ? null : listing.perfPerWatt()));

    private static ListingColumn text(String name, Function<Listing, @Nullable Object> value) {
        return new ListingColumn(name, Type.TEXT, 0, value);
    }

    private static ListingColumn number(String name, int decimals, Function<Listing, @Nullable Object> value) {
        return new ListingColumn(name, Type.NUMBER, decimals, value);
    }

    private static ListingColumn capacity(String name, Function<Listing, @Nullable Object> value) {
        return new ListingColumn(name, Type.CAPACITY, 0, value);
    }

    private static ListingColumn part(String member) {
        ListingRelation<?> relation = relation(member);
        return new ListingColumn(
                member, Type.PART, 0, listing -> PartText.of(relation.part().apply(listing)));
    }

    private static @Nullable String lower(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns a value that is not computed: an import computes it again, and refuses a stated one that differs. */
    private static @Nullable BigDecimal stated(@Nullable BigDecimal value, @Nullable ValueSource source) {
        return source == ValueSource.COMPUTED ? null : value;
    }

    private static @Nullable String attributes(Listing listing) {
        RawJson attributes = listing.attributes();
        return attributes == null || attributes.text().equals("{}") ? null : attributes.text();
    }

    /** Returns the relation of a column of parts. */
    ListingRelation<?> relation() {
        return relation(name);
    }

    private static ListingRelation<?> relation(String member) {
        return ListingRelation.ALL.stream()
                .filter(each -> each.member().equals(member))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(member + " is no relation"));
    }

    /** Returns whether the value may be computed, so that a blank cell says nothing about a stated one. */
    boolean isComputable() {
        return List.of("adjusted_price_usd", "score_composite", "perf_per_watt").contains(name);
    }
}
