package dealbrain.listings;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.Part;
import dealbrain.catalog.PartRows;
import dealbrain.catalog.PortsProfile;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.Ruleset;
import dealbrain.catalog.ScoringProfile;
import dealbrain.catalog.StorageProfile;
import dealbrain.database.ColumnReader;
import dealbrain.json.RawJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one projection of a listing with its eight relations, for every statement that shows one: which columns, which joins,
 * and how a row is read. Statements name the listing {@code l}.
 *
 * <p>An object of this class reads one result. It reads by index, and builds each distinct part once: most listings of a
 * result share a few parts, and of a part that is known already only the id is looked at.
 */
public final class ListingRows {
    /** The columns of a listing itself. */
    private static final String LISTING =
            "l.id, l.owner_id, l.title, l.listing_url, l.seller, l.price_usd, l.price_date, l.condition, l.status, "
                    + "l.marketplace, l.vendor_item_id, l.device_model, l.manufacturer, l.series, l.model_number, "
                    + "l.form_factor, l.ram_gb, l.primary_storage_gb, l.secondary_storage_gb, l.thumbnail_url, l.notes, "
                    + "l.attributes, l.adjusted_price_usd, l.score_composite, l.perf_per_watt, l.row_version, l.created_at, "
                    + "l.updated_at";

    /** What to select. */
    public static final String COLUMNS =
            LISTING + ", " + PartRows.CPU + ", " + PartRows.GPU + ", " + PartRows.PORTS_PROFILE + ", "
                    + PartRows.SCORING_PROFILE + ", " + PartRows.RULESET + ", " + PartRows.RAM_SPEC + ", "
                    + PartRows.PRIMARY_STORAGE + ", "
                    + PartRows.SECONDARY_STORAGE;

    /** What to join to a listing {@code l}, each by a primary key. */
    public static final String JOINS = """

             LEFT JOIN cpu ON cpu.id = l.cpu_id
             LEFT JOIN gpu ON gpu.id = l.gpu_id
             LEFT JOIN ports_profile ON ports_profile.id = l.ports_profile_id
             LEFT JOIN scoring_profile ON scoring_profile.id = l.active_profile_id
             LEFT JOIN ruleset ON ruleset.id = l.ruleset_id
             LEFT JOIN ram_spec ON ram_spec.id = l.ram_spec_id
             LEFT JOIN storage_profile primary_storage ON primary_storage.id = l.primary_storage_profile_id
             LEFT JOIN storage_profile secondary_storage ON secondary_storage.id = l.secondary_storage_profile_id
            """;

    /** How many columns {@link #COLUMNS} are, for readers to whom a row has no listing. */
    public static final int WIDTH = (int) COLUMNS.chars().filter(c -> c == ',').count() + 1;

    private final Distinct<Cpu> cpus = new Distinct<>(PartRows.CPU, PartRows::cpu);
    private final Distinct<Gpu> gpus = new Distinct<>(PartRows.GPU, PartRows::gpu);
    private final Distinct<PortsProfile> portsProfiles = new Distinct<>(PartRows.PORTS_PROFILE, PartRows::portsProfile);
    private final Distinct<ScoringProfile> scoringProfiles =
            new Distinct<>(PartRows.SCORING_PROFILE, PartRows::scoringProfile);
    private final Distinct<Ruleset> rulesets = new Distinct<>(PartRows.RULESET, PartRows::ruleset);
    private final Distinct<RamSpec> ramSpecs = new Distinct<>(PartRows.RAM_SPEC, PartRows::ramSpec);
    private final Distinct<StorageProfile> storageProfiles =
            new Distinct<>(PartRows.STORAGE_PROFILE, PartRows::storageProfile);

    /** Reads the next {@link #WIDTH} columns; null when the row has no listing. */
    public @Nullable Listing next(ColumnReader row) throws SQLException {
        Long id = row.int64OrNull();
        if (id == null) {
            row.skip(WIDTH - 1);
            return null;
        }
        long ownerId = row.int64();
        String title = row.text();
        @Nullable String listingUrl = row.textOrNull();
        @Nullable String seller = row.textOrNull();
        @Nullable BigDecimal priceUsd = row.decimalOrNull();
        @Nullable Instant priceDate = row.instantOrNull();
        Condition condition = Condition.valueOf(upper(row.text()));
        ListingStatus status = ListingStatus.valueOf(upper(row.text()));
        @Nullable String marketplace = row.textOrNull();
        @Nullable String vendorItemId = row.textOrNull();
        @Nullable String deviceModel = row.textOrNull();
        @Nullable String manufacturer = row.textOrNull();
        @Nullable String series = row.textOrNull();
        @Nullable String modelNumber = row.textOrNull();
        @Nullable String formFactor = row.textOrNull();
        @Nullable Integer ramGb = row.int32OrNull();
        @Nullable Integer primaryStorageGb = row.int32OrNull();
        @Nullable Integer secondaryStorageGb = row.int32OrNull();
        @Nullable String thumbnailUrl = row.textOrNull();
        @Nullable String notes = row.textOrNull();
        RawJson attributes = new RawJson(row.text());
        @Nullable BigDecimal adjustedPriceUsd = row.decimalOrNull();
        @Nullable BigDecimal scoreComposite = row.decimalOrNull();
        @Nullable BigDecimal perfPerWatt = row.decimalOrNull();
        long rowVersion = row.int64();
        Instant createdAt = row.instant();
        Instant updatedAt = row.instant();
        @Nullable Cpu cpu = cpus.next(row);
        @Nullable Gpu gpu = gpus.next(row);
        @Nullable PortsProfile portsProfile = portsProfiles.next(row);
        @Nullable ScoringProfile activeProfile = scoringProfiles.next(row);
        @Nullable Ruleset ruleset = rulesets.next(row);
        @Nullable RamSpec ramSpec = ramSpecs.next(row);
        @Nullable StorageProfile primaryStorageProfile = storageProfiles.next(row);
        @Nullable StorageProfile secondaryStorageProfile = storageProfiles.next(row);
        return new Listing(
                id,
                ownerId,
                title,
                listingUrl,
                seller,
                priceUsd,
                priceDate,
                condition,
                status,
                marketplace,
                vendorItemId,
                deviceModel,
                manufacturer,
                series,
                modelNumber,
                formFactor,
                ramGb,
                primaryStorageGb,
                secondaryStorageGb,
                thumbnailUrl,
                notes,
                attributes,
                adjustedPriceUsd,
                scoreComposite,
                perfPerWatt,
                perMark(priceUsd, cpu == null ? null : cpu.cpuMarkMulti()),
                perMark(priceUsd, cpu == null ? null : cpu.cpuMarkSingle()),
                createdAt,
                updatedAt,
                cpu,
                gpu,
                portsProfile,
                activeProfile,
                ruleset,
                ramSpec,
                primaryStorageProfile,
                secondaryStorageProfile,
                rowVersion);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static @Nullable BigDecimal perMark(@Nullable BigDecimal price, @Nullable Integer mark) {
        return price == null || mark == null ? null : price.divide(BigDecimal.valueOf(mark), 6, RoundingMode.HALF_UP);
    }

    /** Reads one part from a row. */
    private interface PartReader<P> {
        P read(ColumnReader row) throws SQLException;
    }

    /** The parts of one kind that this result has shown so far. */
    private static final class Distinct<P extends Part> {
        private final Map<Long, P> known = new HashMap<>();
        private final int width;
        private final PartReader<P> reader;

        Distinct(String columns, PartReader<P> reader) {
            this.width = (int) columns.chars().filter(c -> c == ',').count() + 1;
            this.reader = reader;
        }

        @Nullable
        P next(ColumnReader row) throws SQLException {
            Long id = row.int64OrNull();
            P part = id == null ? null : known.get(id);
            if (id == null || part != null) {
                row.skip(width - 1);
                return part;
            }
            part = reader.read(row.skip(-1));
            known.put(id, part);
            return part;
        }
    }
}
