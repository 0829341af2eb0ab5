package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Default;
import dealbrain.json.InputError;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The input that creates or changes a graphics card. */
public record GpuInput(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(min = 1, max = 100) String manufacturer,
        @Nullable @Min(1) @Max(10_000_000) Integer gpuMark,
        @Nullable @Min(1) @Max(10_000_000) Integer metalScore,
        @Nullable @Size(max = 5000) String notes,
        @Default("{}") ObjectNode attributes)
        implements PartInput {

    @Override
    public List<InputError> errors() {
        return FreeForm.errors("/attributes", attributes);
    }
}
