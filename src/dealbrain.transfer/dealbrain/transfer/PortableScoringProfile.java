package dealbrain.transfer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.ScoringProfileInput;
import dealbrain.json.Default;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scoring profile in a file. A file does not say which profile is the default: each server decides that. */
record PortableScoringProfile(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,
        @Default("{}") Map<String, BigDecimal> weights,
        @Default("{}") ObjectNode references) {
    PortableScoringProfile {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /** Returns the input of a profile that is not the default. */
    ScoringProfileInput input() {
        return new ScoringProfileInput(name, description, weights, references, false);
    }
}
