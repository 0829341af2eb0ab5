package dealbrain.inbox;

import dealbrain.http.PagedQuery;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The query of the list of received shares. */
record UserShareQuery(
        @Default("\"all\"") UserShareFilter filter,
        @Default("20") @Min(1) @Max(100) int limit,
        @Default("0") @Min(0) int offset)
        implements PagedQuery {}
