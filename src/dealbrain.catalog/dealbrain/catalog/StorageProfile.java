package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A drive; its natural key is everything but the label. */
public record StorageProfile(
        long id,
        @Nullable String label,
        StorageMedium medium,
        @JsonProperty("interface") @Nullable String bus,
        @Nullable String formFactor,
        @Nullable Integer capacityGb,
        @Nullable String performanceTier,
        @JsonIgnore long rowVersion,
        Instant createdAt,
        Instant updatedAt)
        implements Part {}
