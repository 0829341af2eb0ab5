package dealbrain.listings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.catalog.Cpu;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.PortsProfile;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.Ruleset;
import dealbrain.catalog.ScoringProfile;
import dealbrain.catalog.StorageProfile;
import dealbrain.http.VersionedResource;
import dealbrain.json.RawJson;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something for sale with the parts it is made of. The dollars per mark are the price over the marks of its CPU, to six
 * decimals, and null where the price or the mark is missing.
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
        @Nullable BigDecimal dollarPerCpuMarkMulti,
        @Nullable BigDecimal dollarPerCpuMarkSingle,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Cpu cpu,
        @Nullable Gpu gpu,
        @Nullable PortsProfile portsProfile,
        @Nullable ScoringProfile activeProfile,
        @Nullable Ruleset ruleset,
        @Nullable RamSpec ramSpec,
        @Nullable StorageProfile primaryStorageProfile,
        @Nullable StorageProfile secondaryStorageProfile,
        @JsonIgnore long rowVersion)
        implements VersionedResource {
    @Override
    public long version() {
        return rowVersion;
    }
}
