package dealbrain.listings;

import dealbrain.json.SortOrder;

/** The sort orders of listings. Each ends with the id, so that pages do not overlap. */
enum ListingOrder implements SortOrder {
    NEWEST("-created_at", "l.created_at DESC, l.id DESC"),
    PRICE("price_usd", "l.price_usd, l.id"),
    PRICE_DESCENDING("-price_usd", "l.price_usd DESC NULLS LAST, l.id DESC"),
    SCORE("-score_composite", "l.score_composite DESC NULLS LAST, l.id DESC"),
    DOLLAR_PER_MARK("dollar_per_cpu_mark_multi", "l.price_usd / cpu.cpu_mark_multi, l.id");

    private final String parameter;
    private final String sql;

    ListingOrder(String parameter, String sql) {
        this.parameter = parameter;
        this.sql = sql;
    }

    @Override
    public String parameter() {
        return parameter;
    }

    /** Returns the list for ORDER BY; statements give the listing the alias {@code l} and its CPU {@code cpu}. */
    String sql() {
        return sql;
    }
}
