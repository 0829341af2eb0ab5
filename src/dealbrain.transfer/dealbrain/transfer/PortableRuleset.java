package dealbrain.transfer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.catalog.RulesetInput;
import dealbrain.json.Default;
import dealbrain.json.TextPatterns;
import dealbrain.valuation.ValuationRule;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ruleset in a file. A file does not say which ruleset is the default: each server decides that. */
record PortableRuleset(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,

        @JsonProperty("version") @Default("\"1.0.0\"") @Size(min = 1, max = 50)
        String release,

        @JsonProperty("is_active") @Default("true") boolean isActive,
        @Default("[]") @Size(max = 50) List<ValuationRule> rules) {
    PortableRuleset {
        rules = List.copyOf(rules);
    }

    /** Returns the input of a ruleset that is not the default. */
    RulesetInput input() {
        return new RulesetInput(name, description, release, isActive, rules, false);
    }
}
