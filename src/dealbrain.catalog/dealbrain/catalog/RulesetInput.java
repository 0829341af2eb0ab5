package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.Default;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The input that creates or changes a ruleset. */
public record RulesetInput(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,

        @JsonProperty("version") @Default("\"1.0.0\"") @Size(min = 1, max = 50)
        String release,

        @JsonProperty("is_active") @Default("true") boolean isActive)
        implements PartInput {}
