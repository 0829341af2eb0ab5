package dealbrain.catalog;

import dealbrain.http.PagedQuery;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The query of a list of parts; {@code q} are words of the name, each as a whole or its beginning. */
public record PartQuery(
        @Nullable @Size(max = 200) String q,
        @Default("20") @Min(1) @Max(100) int limit,
        @Default("0") @Min(0) int offset)
        implements PagedQuery {}
