package dealbrain.listings;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A PC for sale with its parts. Dollars per mark are the price divided by a mark of the CPU, to six
 * decimals; null if the price or the mark is missing.
 */
public record Listing(
        long id,
        long ownerId,
        String title,
        @Nullable String listingUrl,
        @Nullable String seller,
        @Nullable BigDecimal priceUsd,
        @Nullable Instant priceDate,
        Condition condition,
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
        RawJson attributes,
        @Nullable BigDecimal adjustedPriceUsd,
        @Nullable BigDecimal scoreComposite,
        @Nullable BigDecimal perfPerWatt,
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
        @JsonIgnore long rowVersion)
        implements VersionedResource {

    @Override
    public long version() {
        return rowVersion;
    }
}
