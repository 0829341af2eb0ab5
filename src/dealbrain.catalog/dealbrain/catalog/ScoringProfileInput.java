package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Default;
import dealbrain.json.InputError;
import dealbrain.json.TextPatterns;
import dealbrain.valuation.References;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The input that creates or changes a scoring profile. At most one may be the default. */
public record ScoringProfileInput(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,
        @Default("{}") Map<String, BigDecimal> weights,
        @Default("{}") ObjectNode references,
        @JsonProperty("is_default") @Default("false") boolean isDefault)
        implements PartInput {
    public ScoringProfileInput {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    ScoringProfileInput withDefault(boolean isDefault) {
        return new ScoringProfileInput(name, description, weights, references, isDefault);
    }

    @Override
    public List<InputError> errors() {
        List<InputError> errors = new ArrayList<>(FreeForm.errors("/weights", weights));
        errors.addAll(References.errors(references, weights));
        return errors;
    }
}
