package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A named and numbered set of valuation rules. */
public record Ruleset(
        long id,
        String name,
        @Nullable String description,
        @JsonProperty("version") String release,
        @JsonProperty("is_active") boolean isActive,
        @JsonIgnore long rowVersion,
        Instant createdAt,
        Instant updatedAt)
        implements Part {}
