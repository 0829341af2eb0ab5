package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A memory configuration; its natural key is everything but the label. */
public record RamSpec(
        long id,
        @Nullable String label,
        DdrGeneration ddrGeneration,
        @Nullable Integer speedMhz,
        @Nullable Integer moduleCount,
        @Nullable Integer capacityPerModuleGb,
        @Nullable Integer totalCapacityGb,
        @JsonIgnore long rowVersion,
        Instant createdAt,
        Instant updatedAt)
        implements Part {
    /** Returns the total capacity, also if only that of each module is known. */
    public @Nullable Integer capacityGb() {
        if (totalCapacityGb != null || moduleCount == null || capacityPerModuleGb == null) {
            return totalCapacityGb;
        }
        return moduleCount * capacityPerModuleGb;
    }
}
