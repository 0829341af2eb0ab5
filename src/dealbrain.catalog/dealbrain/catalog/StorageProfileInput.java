package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.Default;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The input that creates or changes a drive. */
public record StorageProfileInput(
        @Nullable
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String label,

        @Default("\"unknown\"") StorageMedium medium,

        @JsonProperty("interface") @Nullable @Size(min = 1, max = 100)
        String bus,

        @Nullable @Size(min = 1, max = 100) String formFactor,
        @Nullable @Min(1) @Max(1_000_000) Integer capacityGb,
        @Nullable @Size(min = 1, max = 100) String performanceTier)
        implements PartInput {}
