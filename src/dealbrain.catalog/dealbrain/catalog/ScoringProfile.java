package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.json.RawJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much each property of a listing counts for its score, and the values that it is compared with ({@link
 * dealbrain.valuation.References}). Without references, no score is computed. At most one profile is the default.
 */
public record ScoringProfile(
        long id,
        String name,
        @Nullable String description,
        Map<String, BigDecimal> weights,
        RawJson references,
        @JsonProperty("is_default") boolean isDefault,
        @JsonIgnore long rowVersion,
        Instant createdAt,
        Instant updatedAt)
        implements Part {
    public ScoringProfile {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }
}
