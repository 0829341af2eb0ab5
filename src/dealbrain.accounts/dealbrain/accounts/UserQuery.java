package dealbrain.accounts;

import dealbrain.http.PagedQuery;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

/** The query of a search for users; {@code q} is the beginning of a username, in either case. */
public record UserQuery(
        @Size(min = 2, max = 64) String q,
        @Default("20") @Min(1) @Max(100) int limit,
        @Default("0") @Min(0) int offset) implements PagedQuery {}
