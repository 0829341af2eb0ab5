package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.http.PagedQuery;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The query of the items of a collection; {@code cursor} is from the header {@code Link} of the page before. */
public record ItemQuery(
        @Default("100") @Min(1) @Max(1000) int limit,
        @Default("0") @Min(0) int offset,
        @Nullable @Size(max = 1000) String cursor,
        @Nullable ItemStatus status,

        @Default("\"position\"")
        @Pattern(regexp = "^(position|-added_at|price_usd|-price_usd)$")
        @JsonPropertyDescription("one of position, -added_at, price_usd, -price_usd")
        String sort)
        implements PagedQuery {}
