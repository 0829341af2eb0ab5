package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.valuation.ValuationRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A named and numbered set of valuation rules. At most one ruleset is the default. */
public record Ruleset(
        long id,
        String name,
        @Nullable String description,
        @JsonProperty("version") String release,
        @JsonProperty("is_active") boolean isActive,
        List<ValuationRule> rules,
        @JsonProperty("is_default") boolean isDefault,
        @JsonIgnore long rowVersion,
        Instant createdAt,
        Instant updatedAt)
        implements Part {
    public Ruleset {
        rules = List.copyOf(rules);
    }
}
