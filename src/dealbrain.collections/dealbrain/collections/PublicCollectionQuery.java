package dealbrain.collections;

import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The query of a public or shared collection: which page of its items is shown. A limit of 0 shows none. */
public record PublicCollectionQuery(
        @Default("" + PublicCollectionQuery.DEFAULT_LIMIT) @Min(0) @Max(1000)
        int limit,

        @Default("0") @Min(0) int offset) {
    public static final int DEFAULT_LIMIT = 200;
}
