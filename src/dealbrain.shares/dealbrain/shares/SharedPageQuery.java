package dealbrain.shares;

import dealbrain.collections.DealColumn;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.TableView;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * The query of the page of a shared collection.
 *
 * @param sort        sorts the items of the page
 * @param reverse     whether the order is reversed
 * @param differences whether columns are left out in which all items of the page are equal
 */
record SharedPageQuery(
        @Default("" + PublicCollectionQuery.DEFAULT_LIMIT) @Min(0) @Max(MAX_LIMIT)
        int limit,

        @Default("0") @Min(0) int offset,
        @Nullable DealColumn sort,
        @Default("false") boolean reverse,
        @Default("false") boolean differences) {
    static final int MAX_LIMIT = 1000;

    PublicCollectionQuery items() {
        return new PublicCollectionQuery(limit, offset);
    }

    TableView view() {
        return new TableView(sort, reverse, differences);
    }
}
