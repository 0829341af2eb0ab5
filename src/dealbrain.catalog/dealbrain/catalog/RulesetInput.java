package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.Default;
import dealbrain.json.InputError;
import dealbrain.json.TextPatterns;
import dealbrain.valuation.ValuationRule;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The input that creates or changes a ruleset; {@code rules} replaces all rules. At most one may be the default. */
public record RulesetInput(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,

        @JsonProperty("version") @Default("\"1.0.0\"") @Size(min = 1, max = 50)
        String release,

        @JsonProperty("is_active") @Default("true") boolean isActive,
        @Default("[]") @Size(max = 50) List<ValuationRule> rules,
        @JsonProperty("is_default") @Default("false") boolean isDefault)
        implements PartInput {
    public RulesetInput {
        rules = List.copyOf(rules);
    }

    RulesetInput withDefault(boolean isDefault) {
        return new RulesetInput(name, description, release, isActive, rules, isDefault);
    }

    @Override
    public List<InputError> errors() {
        List<InputError> errors = new ArrayList<>(ValuationRule.errors("/rules", rules));
        if (isDefault && !isActive) {
            errors.add(InputError.at("/is_default", "is_default must be false for a ruleset that is not active"));
        }
        return errors;
    }
}
