package dealbrain.transfer;

import dealbrain.catalog.RamSpec;
import dealbrain.catalog.StorageProfile;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollection;
import dealbrain.csv.CsvWriter;
import dealbrain.listings.Listing;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a row of column names, then one row for each item. Status and notes are written for the owner only. */
final class CsvExport implements ExportWriter {
    private record Column(String name, Function<CollectionItem, @Nullable Object> value) {
        static Column of(String name, Function<Listing, @Nullable Object> value) {
            return new Column(name, item -> value.apply(item.listing()));
        }
    }

    private static final List<Column> OWNER_COLUMNS = List.of(
            new Column("status", item -> item.status() == null ? null : lower(item.status())),
            new Column("notes", CollectionItem::notes));
    private static final List<Column> COLUMNS = List.of(
            new Column("position", CollectionItem::position),
            Column.of("title", Listing::title),
            Column.of("price_usd", Listing::priceUsd),
            Column.of("adjusted_price_usd", Listing::adjustedPriceUsd),
            Column.of("dollar_per_cpu_mark_multi", Listing::dollarPerCpuMarkMulti),
            Column.of("dollar_per_cpu_mark_single", Listing::dollarPerCpuMarkSingle),
            Column.of("score_composite", Listing::scoreComposite),
            Column.of("perf_per_watt", Listing::perfPerWatt),
            Column.of("price_date", Listing::priceDate),
            Column.of("condition", listing -> listing.condition() == null ? null : lower(listing.condition())),
            Column.of("listing_status", listing -> lower(listing.status())),
            Column.of(
                    "cpu",
                    listing -> listing.cpu() == null ? null : listing.cpu().name()),
            Column.of(
                    "cpu_mark_multi",
                    listing -> listing.cpu() == null ? null : listing.cpu().cpuMarkMulti()),
            Column.of(
                    "cpu_mark_single",
                    listing -> listing.cpu() == null ? null : listing.cpu().cpuMarkSingle()),
            Column.of(
                    "gpu",
                    listing -> listing.gpu() == null ? null : listing.gpu().name()),
            Column.of("ram_gb", Listing::ramGb),
            Column.of("ram_spec", listing -> label(listing.ramSpec())),
            Column.of("primary_storage_gb", Listing::primaryStorageGb),
            Column.of("primary_storage_profile", listing -> label(listing.primaryStorageProfile())),
            Column.of("secondary_storage_gb", Listing::secondaryStorageGb),
            Column.of("secondary_storage_profile", listing -> label(listing.secondaryStorageProfile())),
            Column.of(
                    "ports_profile",
                    listing -> listing.portsProfile() == null
                            ? null
                            : listing.portsProfile().name()),
            Column.of("manufacturer", Listing::manufacturer),
            Column.of("device_model", Listing::deviceModel),
            Column.of("series", Listing::series),
            Column.of("model_number", Listing::modelNumber),
            Column.of("form_factor", Listing::formFactor),
            Column.of("seller", Listing::seller),
            Column.of("marketplace", Listing::marketplace),
            Column.of("vendor_item_id", Listing::vendorItemId),
            Column.of("listing_url", Listing::listingUrl),
            Column.of("thumbnail_url", Listing::thumbnailUrl),
            Column.of("listing_notes", Listing::notes),
            new Column("added_at", CollectionItem::addedAt));

    private final CsvWriter csv;
    private final List<Column> columns = new ArrayList<>(COLUMNS);

    CsvExport(Writer out, boolean forOwner) {
        csv = new CsvWriter(out);
        if (forOwner) {
            columns.addAll(1, OWNER_COLUMNS);
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String label(@Nullable RamSpec ram) {
        if (ram == null) {
            return null;
        }
        return ram.label() == null ? label(ram.ddrGeneration(), ram.totalCapacityGb()) : ram.label();
    }

    private static @Nullable String label(@Nullable StorageProfile storage) {
        if (storage == null) {
            return null;
        }
        return storage.label() == null ? label(storage.medium(), storage.capacityGb()) : storage.label();
    }

    private static String label(Enum<?> type, @Nullable Integer capacityGb) {
        return capacityGb == null ? lower(type) : lower(type) + " " + capacityGb + " GB";
    }

    @Override
    public void begin(DealCollection collection) throws IOException {
        csv.begin();
        csv.row(columns.stream().map(Column::name).toList());
    }

    @Override
    public boolean item(CollectionItem item) throws IOException {
        List<@Nullable Object> cells = new ArrayList<>();
        columns.forEach(column -> cells.add(column.value().apply(item)));
        csv.row(cells);
        return true;
    }

    @Override
    public void end(Optional<String> next) {
        // CSV has nothing after the last row
    }
}
