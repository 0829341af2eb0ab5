package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The body that copies a collection. Without a name, the copy has the name of the source. */
public record CopyInput(
        @Nullable
        @Size(min = 1, max = 100)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name) {}
