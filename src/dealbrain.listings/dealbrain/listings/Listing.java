package dealbrain.listings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dealbrain.catalog.Cpu;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.PortsProfile;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.Ruleset;
import dealbrain.catalog.ScoringProfile;
import dealbrain.catalog.StorageProfile;
import dealbrain.database.Computed;
import dealbrain.http.VersionedResource;
import dealbrain.json.RawJson;
import dealbrain.valuation.Score;
import dealbrain.valuation.Valuation;
import dealbrain.valuation.ValueSource;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A PC for sale with its parts. Dollars per mark are the price divided by a mark of the CPU, to six
 * decimals; null if the price or the mark is missing.
 *
 * <p>Adjusted price, score and performance per watt are computed, or else those that the listing states. Performance
 * per watt is computed if the CPU has {@code cpu_mark_multi} and {@code tdp_w}.
 *
 * @param ownerId    null if the owner has deleted it while other users had it in a collection
 * @param notes      null for users other than the owner
 * @param attributes null for users other than the owner
 * @param valuation  how the adjusted price is computed; absent if it is stated, and in lists
 * @param score      how the score is computed; absent if it is stated, and in lists
 */
public record Listing(
        long id,
        @Nullable Long ownerId,
        String title,
        @Nullable String listingUrl,
        @Nullable String seller,
        @Nullable BigDecimal priceUsd,
        @Nullable Instant priceDate,
        @Nullable Condition condition,
        ListingStatus status,
        @Nullable String marketplace,
        @Nullable String vendorItemId,
        @Nullable String deviceModel,
        @Nullable String manufacturer,
        @Nullable String series,
        @Nullable String modelNumber,
        @Nullable String formFactor,
        @Nullable Integer ramGb,
        @Nullable Integer primaryStorageGb,
        @Nullable Integer secondaryStorageGb,
        @Nullable String thumbnailUrl,
        @Nullable String notes,
        @Nullable RawJson attributes,
        @Computed @Nullable BigDecimal adjustedPriceUsd,
        @Computed @Nullable ValueSource adjustedPriceSource,
        @Computed @Nullable BigDecimal scoreComposite,
        @Computed @Nullable ValueSource scoreSource,
        @Computed @Nullable BigDecimal perfPerWatt,
        @Computed @Nullable BigDecimal dollarPerCpuMarkMulti,
        @Computed @Nullable BigDecimal dollarPerCpuMarkSingle,
        Instant createdAt,
        Instant updatedAt,
        @Computed @Nullable Cpu cpu,
        @Computed @Nullable Gpu gpu,
        @Computed @Nullable PortsProfile portsProfile,
        @Computed @Nullable ScoringProfile activeProfile,
        @Computed @Nullable Ruleset ruleset,
        @Computed @Nullable RamSpec ramSpec,
        @Computed @Nullable StorageProfile primaryStorageProfile,
        @Computed @Nullable StorageProfile secondaryStorageProfile,

        @Computed @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Valuation valuation,

        @Computed @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Score score,

        @JsonIgnore long rowVersion)
        implements VersionedResource {

    @Override
    public long version() {
        return rowVersion;
    }

    /** Returns whether {@code perf_per_watt} follows from the CPU; otherwise it is stated. */
    public boolean computesPerfPerWatt() {
        return cpu != null && cpu.cpuMarkMulti() != null && cpu.tdpW() != null;
    }
}
