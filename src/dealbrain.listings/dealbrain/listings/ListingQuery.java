package dealbrain.listings;

import dealbrain.http.CountMode;
import dealbrain.http.PagedQuery;
import dealbrain.json.Default;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The query of the list of listings. All filters must match. */
record ListingQuery(
        @Nullable @Size(max = 200) String q,
        @Nullable ListingStatus status,
        @Nullable Condition condition,
        @Nullable Long cpuId,
        @Nullable Long gpuId,
        @Nullable ListingOwner owner,
        @Nullable @DecimalMin("0") @DecimalMax("1000000") BigDecimal minPrice,
        @Nullable @DecimalMin("0") @DecimalMax("1000000") BigDecimal maxPrice,
        @Default("\"-created_at\"") ListingOrder sort,
        @Default("20") @Min(1) @Max(100) int limit,
        @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
        @Nullable @Size(max = MAX_CURSOR) String cursor,
        @Default("\"limited\"") CountMode count)
        implements PagedQuery {
    /** Returns the order of the results. */
    ListingOrder order() {
        return cpuId == null ? sort : sort.ofOneCpu();
    }
}
