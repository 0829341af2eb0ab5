package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.Default;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The input that creates or changes a ports profile; {@code ports} replaces all ports. */
public record PortsProfileInput(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,
        @Default("[]") @Size(max = 50) List<Port> ports)
        implements PartInput {
    public PortsProfileInput {
        ports = List.copyOf(ports);
    }
}
