package dealbrain.json;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An input with a member of every kind that the inputs of the domain have. */
public record ThingInput(
        @Size(min = 1, max = 20) String name,
        @Nullable @Size(max = 50) String note,

        @Nullable @DecimalMin("0") @DecimalMax("1000") @Digits(integer = 4, fraction = 2)
        BigDecimal price,

        @Nullable @Pattern(regexp = "^[^@\\s]+@[^@\\s]+$") @JsonPropertyDescription("an e-mail address")
        String email,

        @Default("\"used\"") State state,
        @Nullable Color color,
        @Nullable Instant seenAt,
        @Nullable Integer count,
        @Nullable Long partId,
        @Default("{}") ObjectNode attributes,
        @Default("{}") Map<String, BigDecimal> weights,
        @Default("[]") @Size(max = 3) List<Part> parts,
        @Default("[]") List<Long> ids) {
    public static final ThingInput SAMPLE = new ThingInput(
            "n",
            "a note",
            new BigDecimal("12.50"),
            null,
            State.NEW,
            Color.RED,
            Instant.parse("2026-01-31T12:00:00.123456Z"),
            7,
            8L,
            (ObjectNode) Json.tree(Map.of("a", 1, "b", Map.of("c", 2, "d", 3))),
            Map.of("cpu", new BigDecimal("0.50")),
            List.of(new Part("usb", 2)),
            List.of(1L));

    public record Part(
            @Size(min = 1, max = 10) String type,
            @Default("1") @Min(1) int count) {}

    public enum State {
        NEW,
        USED
    }

    public enum Color {
        RED,
        DARK_BLUE
    }
}
