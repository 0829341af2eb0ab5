package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.Default;
import dealbrain.json.InputError;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scoring profile in a file. Which one is the default is for each server to say, so that no file does. */
public record PortableScoringProfile(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,
        @Default("{}") Map<String, BigDecimal> weights)
        implements PartInput {
    public PortableScoringProfile {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    public static PortableScoringProfile of(ScoringProfile profile) {
        return new PortableScoringProfile(profile.name(), profile.description(), profile.weights());
    }

    @Override
    public List<InputError> errors() {
        return FreeForm.errors("/weights", weights);
    }
}
