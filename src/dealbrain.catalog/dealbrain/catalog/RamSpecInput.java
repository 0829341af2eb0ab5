package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.Default;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The input that creates or changes a memory configuration. */
public record RamSpecInput(
        @Nullable
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String label,

        @Default("\"unknown\"") DdrGeneration ddrGeneration,
        @Nullable @Min(1) @Max(100_000) Integer speedMhz,
        @Nullable @Min(1) @Max(64) Integer moduleCount,
        @Nullable @Min(1) @Max(4096) Integer capacityPerModuleGb,
        @Nullable @Min(1) @Max(65_536) Integer totalCapacityGb)
        implements PartInput {}
